"""What is mirrored: the models of Odoo and their fields, named here and nowhere above.

``SPECS`` has the order in which they are read first, so that most references find their target at
once. Fields checked on Odoo 19.0 with ``fields_get``, as the portal's own user.
"""

from collections.abc import Collection

from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.specs.fleet import EMPLOYEE, VEHICLE, VEHICLE_CATEGORY
from odoo_bridge.sync.specs.leads import BLOCKED_NUMBER, LEAD, LEAD_STAGE, SALES_TEAM
from odoo_bridge.sync.specs.money import (
    INVOICE,
    JOURNAL,
    PAYMENT,
    PAYMENT_TERM,
    PAYMENT_TERM_LINE,
)
from odoo_bridge.sync.specs.organisation import (
    COMPANY,
    COUNTRY_STATE,
    CURRENCY,
    ODOO_USER,
    PARTNER,
    UNIT,
    WAREHOUSE,
)
from odoo_bridge.sync.specs.production import (
    BILL_OF_MATERIALS,
    BILL_OF_MATERIALS_LINE,
    MANUFACTURING_ORDER,
    WORK_CENTER,
    WORK_CENTER_CAPACITY,
    WORK_ORDER,
)
from odoo_bridge.sync.specs.purchasing import PURCHASE_ORDER, PURCHASE_ORDER_LINE, SUPPLIER_PRICE
from odoo_bridge.sync.specs.sales import SALE_ORDER, SALE_ORDER_LINE
from odoo_bridge.sync.specs.stock import MOVE, PICKING, PRODUCT
from odoo_bridge.sync.specs.working_time import RESOURCE, TIME_OFF, WORKING_HOURS, WORKING_PERIOD

SPECS = (
    CURRENCY,
    COUNTRY_STATE,
    UNIT,
    PARTNER,
    COMPANY,
    ODOO_USER,
    WAREHOUSE,
    PRODUCT,
    PAYMENT_TERM,
    PAYMENT_TERM_LINE,
    SALE_ORDER,
    SALE_ORDER_LINE,
    PICKING,
    MOVE,
    JOURNAL,
    INVOICE,
    PAYMENT,
    LEAD_STAGE,
    SALES_TEAM,
    LEAD,
    BLOCKED_NUMBER,
    WORKING_HOURS,
    WORKING_PERIOD,
    RESOURCE,
    TIME_OFF,
    VEHICLE_CATEGORY,
    VEHICLE,
    EMPLOYEE,
    BILL_OF_MATERIALS,
    BILL_OF_MATERIALS_LINE,
    WORK_CENTER,
    WORK_CENTER_CAPACITY,
    MANUFACTURING_ORDER,
    WORK_ORDER,
    PURCHASE_ORDER,
    PURCHASE_ORDER_LINE,
    SUPPLIER_PRICE,
)

__all__ = [
    "BILL_OF_MATERIALS",
    "BILL_OF_MATERIALS_LINE",
    "BLOCKED_NUMBER",
    "COMPANY",
    "COUNTRY_STATE",
    "CURRENCY",
    "EMPLOYEE",
    "INVOICE",
    "JOURNAL",
    "LEAD",
    "LEAD_STAGE",
    "MANUFACTURING_ORDER",
    "MOVE",
    "ODOO_USER",
    "PARTNER",
    "PAYMENT",
    "PAYMENT_TERM",
    "PAYMENT_TERM_LINE",
    "PICKING",
    "PRODUCT",
    "PURCHASE_ORDER",
    "PURCHASE_ORDER_LINE",
    "RESOURCE",
    "SALES_TEAM",
    "SALE_ORDER",
    "SALE_ORDER_LINE",
    "SPECS",
    "SUPPLIER_PRICE",
    "TIME_OFF",
    "UNIT",
    "VEHICLE",
    "VEHICLE_CATEGORY",
    "WAREHOUSE",
    "WORKING_HOURS",
    "WORKING_PERIOD",
    "WORK_CENTER",
    "WORK_CENTER_CAPACITY",
    "WORK_ORDER",
    "specs_for",
]


def specs_for(*, modules: Collection[str]) -> tuple[MirrorSpec, ...]:
    """Return what can be read of an Odoo that has these of the modules that we can do without."""
    return tuple(spec for spec in SPECS if not spec.module or spec.module in modules)
