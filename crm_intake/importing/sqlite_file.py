"""The four tables of the old suite's SQLite file."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from crm_intake.errors import NotImportable
from crm_intake.importing.columns import Rows, plain
from crm_intake.importing.csv_file import Table

LEFT_OUT = "-"
USUAL = {
    Rows.CONSENTS: {
        *("consent", "consents", "sms_consent", "sms_consents", "consent_event", "consent_events"),
        *("consent_log", "consent_record", "consent_records", "opt_in", "opt_ins", "optins"),
    },
    Rows.OPT_OUTS: {
        *("opt_out", "opt_outs", "optout", "optouts", "sms_opt_outs", "suppression"),
        *("suppressions", "suppression_list", "do_not_text", "do_not_contact", "dnc", "dnc_list"),
        *("unsubscribes", "unsubscribed", "blocklist", "blacklist", "stops", "stop_list"),
    },
    Rows.MESSAGES: {
        *("message", "messages", "sms", "sms_message", "sms_messages", "text", "texts"),
        *("text_messages", "message_log", "sms_log", "communications"),
    },
    Rows.CALLS: {"call", "calls", "call_log", "call_logs", "phone_call", "phone_calls"},
}


def tables_of_sqlite(path: Path, said: Mapping[Rows, str]) -> dict[Rows, Table]:
    """Read the tables by their usual names, or by those that somebody has said.

    The file is opened to be read only. A table that is said to be ``-`` is left out.

    :raises NotImportable: it is no such file, or a table is not there, or could be two.
    """
    try:
        with closing(_opened(path)) as file:
            names = [
                row[0]
                for row in file.execute(
                    "select name from sqlite_master where type in ('table', 'view')"
                    " and name not like 'sqlite_%' order by name"
                )
            ]
            chosen = {rows: _chosen(rows, names, said.get(rows, "")) for rows in Rows}
            return {rows: _table(file, name) for rows, name in chosen.items() if name != LEFT_OUT}
    except sqlite3.Error as wrong:
        raise NotImportable(f"This is no SQLite file that can be read ({wrong}).") from None


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)
    file.text_factory = _letters
    file.execute("pragma trusted_schema = off")
    return file


def _letters(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _chosen(rows: Rows, names: list[str], said: str) -> str:
    if said == LEFT_OUT or said in names:
        return said
    there = ", ".join(f"“{name[:40]}”" for name in names) or "no table"
    option = f"--{rows} TABLE, or --{rows} {LEFT_OUT} to leave it out"
    if said:
        raise NotImportable(f"The file has no table “{said}”. It has: {there}. Say {option}.")
    usual = [name for name in names if plain(name) in USUAL[rows]]
    if len(usual) == 1:
        return usual[0]
    trouble = f"could be {len(usual)} tables" if usual else "is not there by a usual name"
    raise NotImportable(
        f"The table of {rows} {trouble}. The file has: {there}. Say which with {option}."
    )


def _table(file: sqlite3.Connection, name: str) -> Table:
    quoted = '"' + name.replace('"', '""') + '"'
    found = file.execute(f"select * from {quoted}")  # noqa: S608 - a table that the file named
    headers = [column[0] for column in found.description]
    rows = [
        (place, {header: _text(value) for header, value in zip(headers, values, strict=True)})
        for place, values in enumerate(found, start=1)
    ]
    return Table(headers, rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    return _letters(value) if isinstance(value, bytes) else str(value)
