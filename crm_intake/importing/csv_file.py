"""A CSV file as a table."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from crm_intake.errors import NotImportable

DELIMITERS = ",;\t"
LONGEST_LOOK = 10_000  # letters of the first line
EXTRA = ""  # the key of what stands beyond the last column: no column is named so


@dataclass(frozen=True)
class Table:
    """Headers, and rows with the line that each begins in (of an SQLite table: which it is)."""

    headers: list[str]
    rows: list[tuple[int, dict[str, str]]]


def table_of_csv(content: bytes) -> Table:
    """Read it: UTF-8 or Windows' own letters; commas, semicolons or tabs; the first line names all.

    :raises NotImportable: it cannot be read, in words that say what to do.
    """
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise NotImportable("The file is empty.")
    delimiter = max(DELIMITERS, key=first[:LONGEST_LOOK].count)
    lines = _records(text, delimiter)
    _line, headers = next(lines, (0, []))
    if not headers:
        raise NotImportable("The file is empty.")
    headers = [one.strip() for one in headers]
    rows = [(line, _row(headers, cells)) for line, cells in lines]
    if not rows:
        raise NotImportable("The file has a line that names columns, and no row below it.")
    return Table(headers, rows)


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise NotImportable(
            "The file holds bytes that no text has (it may be UTF-16, or no CSV file at all):"
            " save it as “CSV UTF-8”."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise NotImportable(
            "The file's letters are neither UTF-8 nor Windows-1252: save it as “CSV UTF-8”."
        ) from None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold anything, with the number of the first line of each."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as wrong:
        raise NotImportable(
            f"The file cannot be read from line {begins} on ({wrong}): is a quote missing there, or"
            " one too many?"
        ) from None


def _row(headers: list[str], cells: list[str]) -> dict[str, str]:
    row = dict(zip(headers, cells, strict=False))
    if beyond := [one for one in cells[len(headers) :] if one.strip()]:
        row[EXTRA] = " ".join(beyond)
    return row
