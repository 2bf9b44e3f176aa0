"""``ChangeOrder``: merged with what was changed in Odoo."""

from odoo_bridge.commands import ChangeOrder
from odoo_bridge.outbox.changes import Changing
from odoo_bridge.outbox.orders import CALLED, order_id
from odoo_bridge.sync.specs import SALE_ORDER

ORDER_DATA = Changing[ChangeOrder](
    spec=SALE_ORDER,
    odoo_id=order_id,
    words={"promised_at": "commitment_date", "reference": "client_order_ref", "note": "note"},
    called=CALLED,
)
