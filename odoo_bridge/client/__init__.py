"""The one way to speak to Odoo. Knows HTTP and Odoo; knows nothing of Django or of the portal."""

from odoo_bridge.client.domain import Domain, after_id, all_of, any_of, with_ids, written_between
from odoo_bridge.client.errors import (
    NotOurOdoo,
    OdooBroken,
    OdooError,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
    WhoActs,
)
from odoo_bridge.client.external_ids import external_id, external_module
from odoo_bridge.client.json2 import OdooClient
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.load import Cell, load
from odoo_bridge.client.paging import Fingerprint, fingerprint, pages
from odoo_bridge.client.values import clean_text, from_odoo_datetime, odoo_datetime

__all__ = [
    "Cell",
    "Domain",
    "Fingerprint",
    "Kind",
    "NotOurOdoo",
    "OdooBroken",
    "OdooClient",
    "OdooError",
    "OdooForbidden",
    "OdooMissing",
    "OdooOverloaded",
    "OdooRejected",
    "OdooUnauthorized",
    "OdooUnavailable",
    "OdooUnsupported",
    "OutcomeUnknown",
    "WhoActs",
    "after_id",
    "all_of",
    "any_of",
    "clean_text",
    "external_id",
    "external_module",
    "fingerprint",
    "from_odoo_datetime",
    "load",
    "odoo_datetime",
    "pages",
    "with_ids",
    "written_between",
]
