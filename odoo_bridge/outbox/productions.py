"""Orders to make something as Odoo has them now, with their steps and what follows them."""

from collections.abc import Callable, Collection

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import ProductionCommand
from odoo_bridge.models import ManufacturingOrder
from odoo_bridge.outbox.sending import Leased, Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, row_of, rows_of
from odoo_bridge.sync.specs import MANUFACTURING_ORDER, WORK_ORDER
from odoo_bridge.sync.upsert import upsert

PRODUCTION = "mrp.production"
CALLED = "The manufacturing order"
OVER = {"done": "is done in Odoo already", "cancel": "was cancelled in Odoo"}


def production_id(command: ProductionCommand) -> int:
    """Return the production's id in Odoo, which made it."""
    return ManufacturingOrder.objects.get(uuid=command.production_uuid).known_odoo_id


def production_row(odoo: Leased, odoo_id: int, *, also: Collection[str] = ()) -> Row:
    """Read one production.

    :raises OdooRejected: it is gone.
    """
    return row_of(odoo, MANUFACTURING_ORDER, odoo_id, called=CALLED, also=also)


def refuse_what_is_over(row: Row, *, step: str) -> None:
    """:raises OdooRejected: the production is done or cancelled."""
    if row["state"] in OVER:
        raise OdooRejected(f"Production {row['name']} {OVER[row['state']]}.", step)


def confirm_draft(odoo: Sending, odoo_id: int) -> None:
    """Let Odoo reserve the parts of a production that is still a draft."""
    make_true(
        lambda: production_row(odoo, odoo_id),
        lambda row: row["state"] != "draft",
        lambda _row: odoo.write(PRODUCTION, "action_confirm", repeat=Repeat.AT_ONCE, ids=[odoo_id]),
        step=f"{PRODUCTION}.action_confirm",
    )


def see_all_of(odoo: Leased, odoo_id: int) -> Callable[[], None]:
    """Read a production with its backorders and their work orders; return what mirrors them."""
    row = production_row(odoo, odoo_id, also={"production_group_id"})
    group = [["production_group_id", "=", row["production_group_id"]]]
    found = odoo.read(PRODUCTION, "search_read", domain=group, fields=[], order="id")
    rows = rows_of(odoo, MANUFACTURING_ORDER, [one["id"] for one in found])
    steps = rows_of(odoo, WORK_ORDER, [one for row in rows for one in row["workorder_ids"]])

    def store() -> None:
        upsert(MANUFACTURING_ORDER, rows, read_at=odoo.began_at)
        if steps:
            upsert(WORK_ORDER, steps, read_at=odoo.began_at)

    return store
