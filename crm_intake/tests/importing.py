"""Words for imports: rows as another program has them, and files of them."""

import csv
import datetime as dt
import io
import sqlite3
import zoneinfo

from django.core.management import call_command

from crm_intake.forms.imported_rows import Here
from crm_intake.forms.imported_tables import read_table
from crm_intake.importing.columns import Rows
from crm_intake.importing.csv_file import Table
from crm_intake.selectors.import_plan import plan_import
from crm_intake.services.import_talk import import_talk

ANN, BEA = "+16065550123", "+16065550199"
NOON = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
HERE = Here(
    zone=zoneinfo.ZoneInfo("America/New_York"),
    now=NOON,
    country="US",
    ours=frozenset({"+15550000001"}),
)
SHOWN = "I agree to get advertising texts from Oak & Co. Msg & data rates may apply."


def csv_of(*rows):
    """Return a CSV file of rows that have the same columns."""
    file = io.StringIO()
    table = csv.DictWriter(file, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return file.getvalue().encode()


def read_rows(rows, *lines, said=None):
    """Return the table as it is read."""
    numbered = [(place, {**row}) for place, row in enumerate(lines, start=2)]
    table = Table(list(lines[0]), numbered)
    return read_table(Rows(rows), table, here=HERE, said=said or {})


def take(rows, *lines):
    """Import the rows; return how many were new."""
    read = read_rows(rows, *lines)
    assert read.bad == []
    return import_talk(plan_import(read.good), by=None)


def why_not(rows, **row):
    """Return what is wrong with a row, by its columns."""
    return {bad.column: bad.why for bad in read_rows(rows, row).bad}


def consent(number=ANN, status="granted", at="2024-03-14T12:00:00Z", **values):
    return {"phone": number, "status": status, "date": at, **values}


def sale(number=ANN, at="2024-03-14T12:00:00Z"):
    return consent(number, at=at, purpose="marketing", shown=SHOWN, how="checkbox")


def message(text="Hello", number=ANN, direction="in", at="2024-03-14T12:00:00Z"):
    return {"phone": number, "direction": direction, "body": text, "sent_at": at}


def call(number=ANN, direction="in", at="2024-03-14T12:00:00Z", **values):
    return {"phone": number, "direction": direction, "started_at": at, **values}


def sqlite_of(path, **tables):
    """Write an SQLite file: each table by its name, of rows that have the same columns."""
    file = sqlite3.connect(path)
    for name, rows in tables.items():
        columns = ", ".join(f'"{column}"' for column in rows[0])
        file.execute(f'create table "{name}" ({columns})')
        marks = ", ".join("?" for _column in rows[0])
        insert = f'insert into "{name}" values ({marks})'  # noqa: S608 - a table of ours
        file.executemany(insert, [tuple(row.values()) for row in rows])
    file.commit()
    file.close()
    return path


def command(*words, **options):
    """Run the command; return what it says, and what it complains of."""
    said, complaints = io.StringIO(), io.StringIO()
    call_command("import_talk", *words, stdout=said, stderr=complaints, **options)
    return said.getvalue(), complaints.getvalue()
