"""Create records once, however often we ask: Odoo's ``load`` in create-only mode.

``load`` writes a record and its external id in one transaction, and the external id is unique. With
``mode: update`` and ``noupdate`` a row whose id exists is left alone, whatever people made of it
since, and its database id is returned (Odoo 19: orm/models.py, base ir_model). It speaks CSV.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from odoo_bridge.client.errors import (
    OdooBroken,
    OdooError,
    OdooOverloaded,
    OdooRejected,
    OdooUnavailable,
    OutcomeUnknown,
)
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.odoo_client import OdooClient
from odoo_bridge.client.values import clean_text, odoo_datetime

Cell = bool | int | float | Decimal | str | UUID | dt.datetime | dt.date | Sequence[int] | None

# PostgreSQL's words, which Odoo passes on among its messages. (English, as Odoo's images set it.)
LOST_A_RACE = re.compile("could not serialize access|deadlock detected|could not obtain lock")
LOST_THE_DATABASE = re.compile("connection already closed|server closed the connection")


def load(
    client: OdooClient,
    model: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    module: str,
    context: Mapping[str, Any] | None = None,
) -> list[int]:
    """Create the rows that are not there yet; return the ids of all, in the order of the rows.

    ``columns``: ``id`` (the external id, which each record must have) and then plain fields,
    ``partner_id/.id`` (a database id), ``partner_id/id`` (an external id), ``order_line/name``. A
    row whose own cells are all empty adds a line to the record above it. All or nothing.

    :raises OdooOverloaded: another call with this external id was faster; the next try has its id.
    :raises OdooRejected: Odoo does not take a value; nothing was created.
    """
    call = f"{model}.load"
    answer = client.call(
        model,
        "load",
        kind=Kind.WRITE,
        fields=list(columns),
        data=cells(columns, rows, call),
        context={**(context or {}), **create_only(module)},
    )
    return ids_of(answer, call)


def cells(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], call: str = ""
) -> list[list[str]]:
    """The rows as a table of text.

    :raises OdooBroken: no external id, a row of another length, or a value without a cell for it.
    """
    if "id" not in columns or any(len(row) != len(columns) for row in rows):
        reason = "Every row needs an external id and as many cells as there are columns."
        raise OdooBroken(reason, call, "refused by us")
    try:
        return [[cell(value) for value in row] for row in rows]
    except (TypeError, ValueError):
        # Not chained: the original may quote the value.
        raise OdooBroken("A value has no form in Odoo.", call, "refused by us") from None


def create_only(module: str) -> dict[str, Any]:
    """The context that makes ``load`` create and never change; ``tz`` says what datetimes mean."""
    return {"module": module, "mode": "update", "noupdate": True, "tz": "UTC"}


def cell(value: Cell) -> str:
    """A value as a CSV cell. Always text: Odoo takes a JSON 0 for an empty cell, and fails on true.

    :raises ValueError: a datetime without a zone, or a number that is none.
    """
    match value:
        case None:
            text = ""
        case bool():
            text = "1" if value else "0"
        case str():
            text = clean_text(value)
        case dt.datetime():
            text = odoo_datetime(value)
        case int() | float() | Decimal():
            text = plain_number(Decimal(str(value)))
        case dt.date() | UUID():
            text = str(value)
        case _:
            text = ",".join(str(int(one)) for one in value)
    return text


def plain_number(number: Decimal) -> str:
    """Digits without an exponent.

    :raises ValueError: infinity, or not a number.
    """
    if not number.is_finite():
        raise ValueError("Odoo has no field for a number that is not finite.")
    return format(number, "f")


def ids_of(answer: Any, call: str) -> list[int]:
    """The ids in what ``load`` returned, which is HTTP 200 even when it failed.

    :raises OdooError: by what the messages say; OutcomeUnknown if they cannot be understood.
    """
    ids = answer.get("ids") if isinstance(answer, dict) else None
    if isinstance(ids, list) and all(type(one) is int for one in ids):
        return ids
    if ids is not False:
        raise OutcomeUnknown("The answer to load cannot be read.", call, "unreadable answer", 200)
    raise failure_of(answer.get("messages") or [], call)


def failure_of(messages: Sequence[Any], call: str) -> OdooError:
    """Why nothing was created."""
    texts = [str(one.get("message", "")) for one in messages if isinstance(one, dict)]
    reason = "\n".join(dict.fromkeys(text for text in texts if text)) or "Odoo gave no reason."
    if LOST_A_RACE.search(reason):
        return OdooOverloaded(reason, call, "lost a race", 200)
    if LOST_THE_DATABASE.search(reason):
        return OdooUnavailable(reason, call, "lost the database", 200)
    return OdooRejected(reason, call, "load", 200)
