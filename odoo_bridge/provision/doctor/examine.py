"""All findings, in the order in which one would look: what needs Odoo only while it answers."""

import datetime as dt
from collections.abc import Callable

from odoo_bridge.client import OdooClient, OdooError
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.doctor.connection import (
    clock_finding,
    hear,
    reachable_finding,
    settings_finding,
)
from odoo_bridge.provision.doctor.finding import Finding, Level, broken
from odoo_bridge.provision.doctor.key import (
    MARK,
    expiry_finding,
    key_at_hand,
    key_finding,
    mark_finding,
)
from odoo_bridge.provision.doctor.mirrors import mirror_findings
from odoo_bridge.provision.doctor.rights import (
    COMPANIES,
    DRIVER,
    MODULES,
    RIGHTS,
    batches_finding,
    companies_finding,
    driver_field_finding,
    modules_finding,
    rights_finding,
)
from odoo_bridge.provision.doctor.sending import breaker_finding, outbox_finding
from odoo_bridge.provision.doctor.webhooks import (
    RULES,
    heard_finding,
    missed_finding,
    refused_finding,
    rules_finding,
)
from odoo_bridge.provision.modules import BATCHES
from odoo_bridge.selectors.access import odoo_is_set
from odoo_bridge.sync.specs import SPECS, specs_for


def examine(now: dt.datetime) -> list[Finding]:
    """Return all findings. Nothing is changed, here or in Odoo."""
    found = [settings_finding()]
    if not odoo_is_set():
        return [*found, outbox_finding(now)]
    heard = hear()
    found += [reachable_finding(heard), clock_finding(heard)]
    access, key = key_at_hand()
    found += [key] if isinstance(key, Finding) else with_a_key(key, access, now)
    return [*found, *of_the_portal(access, now)]


def with_a_key(client: OdooClient, access: OdooAccess | None, now: dt.datetime) -> list[Finding]:
    """Return what can be found out as the bot; only about the key, if Odoo does not take it."""
    found = [key_finding(client), expiry_finding(access, now)]
    if found[0].level is not Level.OK:
        return found
    found += [
        asked(MARK, lambda: mark_finding(client, access)),
        asked(MODULES, lambda: modules_finding(client)),
    ]
    if access is None:
        return found
    return [
        *found,
        asked(RIGHTS, lambda: rights_finding(client, access)),
        asked(COMPANIES, lambda: companies_finding(client, access)),
        asked(BATCHES, lambda: batches_finding(client, access)),
        asked(DRIVER, lambda: driver_field_finding(client)),
        asked(RULES, lambda: rules_finding(client, access)),
    ]


def asked(about: str, look: Callable[[], Finding]) -> Finding:
    """Return what a look finds; that Odoo broke off is a finding too."""
    try:
        return look()
    except OdooError as exc:
        advice = "Run odoo_doctor again when Odoo is well."
        return broken(about, f"Odoo broke off at {exc.call}: {exc.reason}", advice)


def of_the_portal(access: OdooAccess | None, now: dt.datetime) -> list[Finding]:
    """Return what the portal's own database tells."""
    specs = specs_for(modules=access.installed) if access else SPECS
    return [
        heard_finding(access),
        missed_finding(now),
        refused_finding(now),
        *mirror_findings(specs, now),
        outbox_finding(now),
        breaker_finding(),
    ]
