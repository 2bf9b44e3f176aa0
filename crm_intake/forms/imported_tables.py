"""A table of an import: its good rows, and what is wrong with the others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from crm_intake.forms.imported_rows import FORMS, Here
from crm_intake.importing.columns import Columns, Rows, columns_of
from crm_intake.importing.csv_file import EXTRA, Table
from crm_intake.importing.facts import GoodRow


@dataclass(frozen=True)
class BadRow:
    """Why a row is not imported: the line, the column as the file has it, and what to do."""

    rows: Rows
    line: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"{self.rows}, line {self.line}, {self.column}: {self.why}."


@dataclass(frozen=True)
class ReadTable:
    """All of a table; ``columns`` says how its headers were taken."""

    rows: Rows
    columns: Columns
    good: list[GoodRow]
    bad: list[BadRow]


def read_table(rows: Rows, table: Table, *, here: Here, said: Mapping[str, str]) -> ReadTable:
    """Check each row.

    :param said: headers by our names, where somebody has said so.
    :raises NotImportable: a column is not there that is needed.
    """
    read = ReadTable(rows, columns_of(rows, table.headers, said), [], [])
    for line, row in table.rows:
        _take(read, line, row, here)
    return read


def _take(read: ReadTable, line: int, row: dict[str, str], here: Here) -> None:
    if EXTRA in row:
        why = "the row has more cells than the first line: is a quote missing"
        read.bad.append(BadRow(read.rows, line, "the end", why))
        return
    ours = {name: row.get(header, "") for name, header in read.columns.read.items()}
    form = FORMS[read.rows](ours, here=here)
    if form.is_valid():
        body = json.dumps({"rows": read.rows, "row": row}, ensure_ascii=False).encode()
        read.good.append(GoodRow(form.told(), body))
        return
    for field, errors in form.errors.items():
        column = read.columns.read.get(field, field)
        read.bad.extend(BadRow(read.rows, line, column, str(error)) for error in errors)
