"""``FinishProduction``: so much was made and so much scrapped, and the rest follows or does not."""

from collections.abc import Callable, Iterable
from typing import Any

from odoo_bridge.client import Cell, OdooRejected
from odoo_bridge.commands import FinishProduction, Scrapped
from odoo_bridge.outbox.productions import (
    PRODUCTION,
    confirm_draft,
    production_id,
    production_row,
    refuse_what_is_over,
    see_all_of,
)
from odoo_bridge.outbox.quantities import is_as_much
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true

STEP = f"{PRODUCTION}.button_mark_done"
SCRAP = "stock.scrap"
# Each of these is a window that Odoo would open for its user instead of doing it.
ASK_NOTHING = {
    "skip_backorder": True,
    "skip_consumption": True,
    "skip_expired": True,
    "skip_redirection": True,
}


def finish_production(command: FinishProduction, odoo: Sending) -> Callable[[], None]:
    """Scrap parts, let the production be done, and scrap of what it made.

    In this order: Odoo takes what is scrapped from where the parts are before the end, and from
    where the goods are after it.

    :raises OdooRejected: it was cancelled or ended otherwise in Odoo, or Odoo wants to know more.
    """
    odoo_id = production_id(command)
    product = look(command, odoo_id, odoo)["product_id"]
    scrap((one for one in command.scrapped if one.product_odoo_id != product), odoo_id, odoo)
    make_true(
        lambda: look(command, odoo_id, odoo),
        lambda row: row["state"] == "done",
        lambda row: mark_done(command, row, odoo),
        step=STEP,
    )
    scrap((one for one in command.scrapped if one.product_odoo_id == product), odoo_id, odoo)
    return see_all_of(odoo, odoo_id)


def look(command: FinishProduction, odoo_id: int, odoo: Sending) -> Row:
    """Read the production.

    :raises OdooRejected: it was cancelled, or is done with another quantity.
    """
    row = production_row(odoo, odoo_id)
    if row["state"] == "cancel":
        refuse_what_is_over(row, step=STEP)
    made = row["qty_produced"]
    if row["state"] == "done" and not is_as_much(made, command.quantity):
        raise OdooRejected(
            f"Production {row['name']} is done in Odoo with {made:g} made, and "
            f"{command.quantity.normalize():f} were made by what was entered here. Correct it "
            f"there, and drop this.",
            STEP,
        )
    return row


def mark_done(command: FinishProduction, row: Row, odoo: Sending) -> Any:
    """Say how much was made, let Odoo consume the parts for it, and end the production.

    :raises OdooRejected: Odoo would end it with another quantity.
    """
    odoo_id, quantity = row["id"], float(command.quantity)
    confirm_draft(odoo, odoo_id)
    values = {"qty_producing": quantity}
    odoo.write(PRODUCTION, "write", repeat=Repeat.AT_ONCE, ids=[odoo_id], vals=values)
    odoo.write(PRODUCTION, "set_qty_producing", repeat=Repeat.AT_ONCE, ids=[odoo_id])
    refuse_another_quantity(command, odoo)
    context: dict[str, Any] = dict(ASK_NOTHING)
    if command.rest_follows and quantity < row["product_qty"]:
        context["mo_ids_to_backorder"] = [odoo_id]
    # Odoo does not look whether it is done already: two at once could both make a backorder.
    return odoo.write(
        PRODUCTION, "button_mark_done", repeat=Repeat.LATE, ids=[odoo_id], context=context
    )


def refuse_another_quantity(command: FinishProduction, odoo: Sending) -> None:
    """Look whether Odoo has taken the quantity: where each has a serial number it counts those.

    :raises OdooRejected: it has another one. It would end with that, which nobody takes back.
    """
    row = production_row(odoo, production_id(command), also={"qty_producing"})
    if is_as_much(row["qty_producing"], command.quantity):
        return
    raise OdooRejected(
        f"Odoo does not end production {row['name']} with {command.quantity.normalize():f} made: "
        f"what has serial numbers is counted by them. Finish it there, and drop this.",
        STEP,
    )


def scrap(parts: Iterable[Scrapped], production: int, odoo: Sending) -> None:
    """Let Odoo take these out of the stock, each once."""
    for one in parts:
        values: dict[str, Cell] = {
            "production_id/.id": production,
            "product_id/.id": one.product_odoo_id,
            "product_uom_id/.id": one.unit_odoo_id,
            "scrap_qty": one.quantity,
        }
        key = odoo.external_id("scrap", one.scrap_uuid)
        [made] = odoo.create(SCRAP, list(values), (key, *values.values()))
        take_out(made, odoo)


def take_out(scrap_id: int, odoo: Sending) -> None:
    """Let the scrap be done, whatever Odoo believes to have of it: it is spoilt."""

    def look_at_it() -> Row:
        [row] = odoo.read(SCRAP, "read", ids=[scrap_id], fields=["state"])
        return dict(row)

    make_true(
        look_at_it,
        lambda row: row["state"] == "done",
        # Odoo does not look whether it is done already: two at once would both take it out.
        lambda _row: odoo.write(SCRAP, "do_scrap", repeat=Repeat.LATE, ids=[scrap_id]),
        step=f"{SCRAP}.do_scrap",
    )
