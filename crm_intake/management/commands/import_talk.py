"""``manage.py import_talk``: take over another program's consents, opt-outs, texts and calls."""

import zoneinfo
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from crm_intake.errors import NotImportable
from crm_intake.forms.imported_rows import read_here
from crm_intake.forms.imported_tables import ReadTable, read_table
from crm_intake.importing.columns import Rows, check_said
from crm_intake.importing.csv_file import Table, table_of_csv
from crm_intake.importing.facts import GoodRow
from crm_intake.importing.sqlite_file import tables_of_sqlite
from crm_intake.selectors.import_plan import Plan, plan_import
from crm_intake.services.import_talk import import_talk

OLD_SUITE = "old-suite"


class Command(BaseCommand):
    """Import the good rows, and say of each bad one what is wrong with it."""

    help = "Import consents, opt-outs, texts and calls from CSV, or from the old suite's SQLite."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what is read, and how."""
        parser.add_argument("rows", choices=[*Rows, OLD_SUITE])
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        parser.add_argument("--zone", help="Of times without one; the business's otherwise.")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help="Which column is read as what: --column text=inhalt.",
        )
        for rows in Rows:
            name = f"Of {OLD_SUITE}: the table of {rows}; - leaves it out."
            parser.add_argument(f"--{rows}", metavar="TABLE", default="", help=name)

    def handle(self, **options: Any) -> None:
        """Do it.

        :raises CommandError: the file cannot be imported.
        """
        try:
            read = self._read(options)
        except (NotImportable, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        self._tell(read)
        good: list[GoodRow] = [row for table in read for row in table.good]
        with transaction.atomic():
            plan = plan_import(good)
            transaction.set_rollback(options["dry_run"])  # to look may make the ledger's key
        self._tell_plan(plan, sum(len(table.bad) for table in read))
        if options["dry_run"]:
            self.stdout.write("Nothing was changed: this was a dry run.")
            return
        self.stdout.write(f"{import_talk(plan, by=None)} rows are imported.")

    def _read(self, options: Mapping[str, Any]) -> Sequence[ReadTable]:
        here = read_here(timezone.now(), _zone(options["zone"]))
        said = dict(_said(pair) for pair in options["column"])
        tables = _tables(options)
        read = [read_table(rows, table, here=here, said=said) for rows, table in tables.items()]
        check_said(said, [table.columns for table in read])
        return read

    def _tell(self, read: Sequence[ReadTable]) -> None:
        for table in read:
            number = len(table.good) + len({bad.line for bad in table.bad})
            self.stdout.write(f"{table.rows}: {number} rows")
            for ours, theirs in table.columns.read.items():
                self.stdout.write(f"  “{theirs}” is read as {ours}")
            for theirs in table.columns.kept:
                self.stdout.write(f"  “{theirs}” is kept with the row, and not read")
            for bad in table.bad:
                self.stderr.write(str(bad))

    def _tell_plan(self, plan: Plan, bad: int) -> None:
        self.stdout.write(
            f"New: {len(plan.new)}, of which {plan.stops} take consent back, and {plan.idle} are"
            f" consents of numbers that said stop: kept as proof, and they allow nothing."
            f"\nHere already: {plan.known}. Complaints about rows that are not imported: {bad}."
        )


def _tables(options: Mapping[str, Any]) -> dict[Rows, Table]:
    if options["rows"] == OLD_SUITE:
        said = {rows: options[rows.replace("-", "_")] for rows in Rows}
        return tables_of_sqlite(options["file"], said)
    return {Rows(options["rows"]): table_of_csv(options["file"].read_bytes())}


def _zone(name: str | None) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise NotImportable(
            f"There is no time zone “{name}”: write America/New_York, say."
        ) from None


def _said(pair: str) -> tuple[str, str]:
    ours, equals, theirs = pair.partition("=")
    if not equals:
        raise NotImportable(f"--column {pair}: write --column OURS=THEIRS, say text=inhalt.")
    return ours, theirs
