"""The batch of a run, which two commands need, whichever comes first."""

import uuid
from collections.abc import Sequence

from odoo_bridge.client import Cell
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true

BATCH = "stock.picking.batch"
CLOSED = ("done", "cancel")


def batch_of(odoo: Sending, run: uuid.UUID, columns: Sequence[str] = (), *cells: Cell) -> int:
    """Return the id of the run's batch, made with these values if it is not there yet."""
    [batch] = odoo.create(BATCH, columns, (odoo.external_id("run", run), *cells))
    return batch


def open_for_transfers(odoo: Sending, batch: int) -> None:
    """Make the batch one that takes transfers.

    Odoo ends a batch with its last transfer, and refuses new ones beside those that are done or
    cancelled. So these leave it, as they do in Odoo while others of the batch are still open.
    """

    def look() -> tuple[str, list[int]]:
        [row] = odoo.read(BATCH, "read", ids=[batch], fields=["state"])
        return row["state"], closed_transfers(odoo, batch)

    def call(seen: tuple[str, list[int]]) -> None:
        values: Row = {"state": "draft", "picking_ids": [[3, one] for one in seen[1]]}
        odoo.write(BATCH, "write", repeat=Repeat.AT_ONCE, ids=[batch], vals=values)

    make_true(
        look,
        lambda seen: seen[0] not in CLOSED and not seen[1],
        call,
        step=f"{BATCH}.write",
    )


def closed_transfers(odoo: Sending, batch: int) -> list[int]:
    """Return the transfers of the batch on which nothing can be done any more."""
    rows = odoo.read(
        "stock.picking",
        "search_read",
        domain=[["batch_id", "=", batch], ["state", "in", list(CLOSED)]],
        fields=[],
    )
    return [row["id"] for row in rows]
