"""``ChangePurchase`` and ``ChangePurchaseLine``: merged with what was changed in Odoo."""

from odoo_bridge.commands import ChangePurchase, ChangePurchaseLine
from odoo_bridge.merge.three_way import Values
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.purchases import CALLED, LINE, line_id, order_id
from odoo_bridge.outbox.sending import Sending
from odoo_bridge.outbox.steps import Row
from odoo_bridge.sync.specs import PURCHASE_ORDER, PURCHASE_ORDER_LINE

# With another quantity Odoo would take the vendor's price and date for it, whatever was agreed.
RECKONED = ("price_unit", "discount", "date_planned", "name")


def with_its_lines(odoo: Sending, row: Row, write: Values) -> Values:
    """Let the lines come with the order: its date is that of the first of them.

    Lines that were to come first, or would come before the new date, come then.
    """
    day = write.get("date_planned")
    if not day:
        return write
    goods = [["order_id", "=", row["id"]], ["display_type", "=", False]]
    lines = odoo.read(LINE, "search_read", domain=goods, fields=["date_planned"], order="id")
    moved = [
        [1, line["id"], {"date_planned": day}]
        for line in lines
        if line["date_planned"] < day or line["date_planned"] == row["date_planned"]
    ]
    return {**write, "order_line": moved}


def with_what_was_agreed(_odoo: Sending, row: Row, write: Values) -> Values:
    """Let price, discount, date and text stand when the quantity changes."""
    if "product_qty" not in write:
        return write
    return {**{name: row[name] for name in RECKONED}, **write}


PURCHASE_DATA = Changing[ChangePurchase](
    spec=PURCHASE_ORDER,
    odoo_id=order_id,
    words={"reference": "partner_ref", "planned_at": "date_planned"},
    called=CALLED,
    completed=with_its_lines,
)

PURCHASE_LINE = Changing[ChangePurchaseLine](
    spec=PURCHASE_ORDER_LINE,
    odoo_id=lambda command: line_id(command.line_uuid),
    words={
        "quantity": "product_qty",
        "price": "price_unit",
        "discount": "discount",
        "planned_at": "date_planned",
    },
    called="What was ordered",
    completed=with_what_was_agreed,
)
