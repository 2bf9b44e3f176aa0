"""The bridge's tables: mirrors of Odoo's records, and the bridge's own state."""

from odoo_bridge.models.access import OdooAccess
from odoo_bridge.models.fleet import Employee, Vehicle, VehicleCategory
from odoo_bridge.models.lead import LeadRecord
from odoo_bridge.models.mirror import Mirror
from odoo_bridge.models.money import Currency, Invoice, Payment, PaymentTerm, PaymentTermLine
from odoo_bridge.models.outbox import OutboxEntry, Stream
from odoo_bridge.models.partner import CountryState, Partner
from odoo_bridge.models.picking import Move, Picking
from odoo_bridge.models.product import Product
from odoo_bridge.models.sale_order import SaleOrder, SaleOrderLine
from odoo_bridge.models.sync import Breaker, PollCursor

__all__ = [
    "Breaker",
    "CountryState",
    "Currency",
    "Employee",
    "Invoice",
    "LeadRecord",
    "Mirror",
    "Move",
    "OdooAccess",
    "OutboxEntry",
    "Partner",
    "Payment",
    "PaymentTerm",
    "PaymentTermLine",
    "Picking",
    "PollCursor",
    "Product",
    "SaleOrder",
    "SaleOrderLine",
    "Stream",
    "Vehicle",
    "VehicleCategory",
]
