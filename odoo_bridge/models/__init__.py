"""The bridge's tables: mirrors of Odoo's records, and the bridge's own state."""

from odoo_bridge.models.access import OdooAccess
from odoo_bridge.models.alert import Alert, Notice
from odoo_bridge.models.bill_of_materials import BillOfMaterials, BillOfMaterialsLine
from odoo_bridge.models.conflict import Conflict
from odoo_bridge.models.fleet import Employee, Vehicle, VehicleCategory
from odoo_bridge.models.hints import DirtyRecord, HintHearing, RefusedHints
from odoo_bridge.models.journal import Journal
from odoo_bridge.models.lead import LeadRecord
from odoo_bridge.models.levels import JournalBalance, StockLevel
from odoo_bridge.models.mirror import Mirror, bookkeeping
from odoo_bridge.models.money import Currency, Invoice, Payment, PaymentTerm, PaymentTermLine
from odoo_bridge.models.organisation import Company, OdooUser, Unit, Warehouse
from odoo_bridge.models.outbox import CallRate, OutboxEntry, Stream
from odoo_bridge.models.partner import CountryState, Partner
from odoo_bridge.models.payment_link import PaymentLink
from odoo_bridge.models.picking import Move, Picking
from odoo_bridge.models.pipeline import BlockedNumber, LeadStage, SalesTeam
from odoo_bridge.models.product import Product
from odoo_bridge.models.production import (
    ManufacturingOrder,
    WorkCenter,
    WorkCenterCapacity,
    WorkOrder,
)
from odoo_bridge.models.purchasing import PurchaseOrder, PurchaseOrderLine, SupplierPrice
from odoo_bridge.models.sale_order import SaleOrder, SaleOrderLine
from odoo_bridge.models.sync import Breaker, PollCursor
from odoo_bridge.models.working_time import Resource, TimeOff, WorkingHours, WorkingPeriod

__all__ = [
    "Alert",
    "BillOfMaterials",
    "BillOfMaterialsLine",
    "BlockedNumber",
    "Breaker",
    "CallRate",
    "Company",
    "Conflict",
    "CountryState",
    "Currency",
    "DirtyRecord",
    "Employee",
    "HintHearing",
    "Invoice",
    "Journal",
    "JournalBalance",
    "LeadRecord",
    "LeadStage",
    "ManufacturingOrder",
    "Mirror",
    "Move",
    "Notice",
    "OdooAccess",
    "OdooUser",
    "OutboxEntry",
    "Partner",
    "Payment",
    "PaymentLink",
    "PaymentTerm",
    "PaymentTermLine",
    "Picking",
    "PollCursor",
    "Product",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "RefusedHints",
    "Resource",
    "SaleOrder",
    "SaleOrderLine",
    "SalesTeam",
    "StockLevel",
    "Stream",
    "SupplierPrice",
    "TimeOff",
    "Unit",
    "Vehicle",
    "VehicleCategory",
    "Warehouse",
    "WorkCenter",
    "WorkCenterCapacity",
    "WorkOrder",
    "WorkingHours",
    "WorkingPeriod",
    "bookkeeping",
]
