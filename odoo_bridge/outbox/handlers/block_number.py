"""``BlockNumber`` and ``UnblockNumber``: Odoo's list of numbers that get no texts.

Odoo's ``add`` and ``remove`` are no methods of a record and none of the model either: JSON-RPC
cannot call them. ``create`` is what ``add`` is made of, and wakes what was archived.
"""

import re
from collections.abc import Callable

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import BlockNumber, NumberCommand, UnblockNumber
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true
from odoo_bridge.sync.specs import BLOCKED_NUMBER
from odoo_bridge.sync.upsert import upsert

MODEL = BLOCKED_NUMBER.odoo_model
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def block_number(command: BlockNumber, odoo: Sending) -> Callable[[], None]:
    """Let the number be on the list, and active."""
    return keep(
        command,
        odoo,
        is_blocked,
        lambda _rows: odoo.write(
            MODEL, "create", repeat=Repeat.AT_ONCE, vals_list=[{"number": command.number}]
        ),
        step=f"{MODEL}.create",
    )


def unblock_number(command: UnblockNumber, odoo: Sending) -> Callable[[], None]:
    """Let the number not be on the list, or archived."""
    return keep(
        command,
        odoo,
        lambda rows: not is_blocked(rows),
        lambda rows: odoo.write(
            MODEL,
            "write",
            repeat=Repeat.AT_ONCE,
            ids=[row["id"] for row in rows],
            vals={"active": False},
        ),
        step=f"{MODEL}.write",
    )


def keep(
    command: NumberCommand,
    odoo: Sending,
    holds: Callable[[list[Row]], bool],
    call: Callable[[list[Row]], object],
    *,
    step: str,
) -> Callable[[], None]:
    """Make it so, and mirror what the list says of the number then.

    :raises OdooRejected: the number is none, of which Odoo would make one: letters are keys to it.
    """
    if not E164.fullmatch(command.number):
        raise OdooRejected(f"“{command.number}” is no telephone number with a country code.", step)

    def look() -> list[Row]:
        rows: list[Row] = odoo.read(
            MODEL,
            "search_read",
            domain=[["number", "=", command.number]],
            fields=BLOCKED_NUMBER.odoo_fields,
            load=None,
        )
        return rows

    rows = make_true(look, holds, call, step=step)

    def acknowledgement() -> None:
        upsert(BLOCKED_NUMBER, rows, read_at=odoo.began_at)

    return acknowledgement


def is_blocked(rows: list[Row]) -> bool:
    """Say whether the list has the number; it has it once at most."""
    return any(row["active"] for row in rows)
