"""Odoo's API for programs that must not lose or repeat anything. Knows nothing of Django.

A client and one call::

    client = OdooClient(base_url="https://odoo.example.com", database="prod", api_key=KEY)
    client.call("res.partner", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={"phone": "5550100"})

Every failure is an ``OdooError`` whose type says how often to try again (``max_attempts``) and who
must act (``who_acts``). ``Kind`` says what a lost answer means: a read is asked again, a write has
an ``OutcomeUnknown``. ``load`` creates a record once however often it is asked to, and
``load_in_batches`` many of them. ``pages`` reads many records and loses none; ``written_between``
and its like make the domains. ``Protocol`` and ``detect_protocol`` are for Odoo before 19.

docs/odoo_client.md tells all of it, with an example.
"""

from odoo_bridge.client.batches import Outcome, Record, in_batches, load_in_batches, outcomes
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
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.load import Cell, load
from odoo_bridge.client.odoo_client import OdooClient
from odoo_bridge.client.paging import Fingerprint, fingerprint, pages
from odoo_bridge.client.protocol import Protocol, detect_protocol
from odoo_bridge.client.sums import sums
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
    "Outcome",
    "OutcomeUnknown",
    "Protocol",
    "Record",
    "WhoActs",
    "after_id",
    "all_of",
    "any_of",
    "clean_text",
    "detect_protocol",
    "external_id",
    "external_module",
    "fingerprint",
    "from_odoo_datetime",
    "in_batches",
    "load",
    "load_in_batches",
    "odoo_datetime",
    "outcomes",
    "pages",
    "sums",
    "with_ids",
    "written_between",
]
