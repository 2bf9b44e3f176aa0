"""What the bot finds in Odoo, and what it may do there. Asked as the bot."""

from collections.abc import Mapping

from django.conf import settings

from odoo_bridge.client import Kind, OdooClient, OdooRejected
from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.driver_field import DRIVER_MODELS
from odoo_bridge.provision.check import what_the_bot_lacks
from odoo_bridge.provision.doctor.finding import Finding, attention, broken, fine
from odoo_bridge.provision.doctor.key import PROVISION
from odoo_bridge.provision.modules import BATCHES, REQUIRED, batches_have_vehicles
from odoo_bridge.provision.rows import rows

MODULES, RIGHTS, COMPANIES = "Modules", "Rights of the bot", "Companies"
DRIVER = "Driver of a transfer"
# A field that a module brings: the list of modules itself is for administrators only.
SIGNS = {
    "sale_management": ("sale.order", "state"),
    "crm": ("crm.lead", "type"),
    "stock": ("stock.picking", "state"),
    "account": ("account.move", "state"),
    "fleet": ("fleet.vehicle", "model_id"),
    "hr": ("hr.employee.public", "name"),
    "sale_crm": ("sale.order", "opportunity_id"),
    "sale_stock": ("sale.order", "picking_ids"),
    "stock_delivery": ("stock.picking", "carrier_id"),
}


def modules_finding(
    client: OdooClient, signs: Mapping[str, tuple[str, str]] | None = None
) -> Finding:
    """Look for a sign of each module that is needed."""
    signs = SIGNS if signs is None else signs
    missing = [
        f"{REQUIRED.get(name, name)} ({name})"
        for name, (model, field) in signs.items()
        if not has_field(client, model, field)
    ]
    if missing:
        advice = "An administrator of Odoo must install that under Apps, and run odoo_provision."
        return broken(MODULES, f"Odoo lacks {', '.join(missing)}.", advice)
    return fine(MODULES, "All that are needed are installed.")


def has_field(client: OdooClient, model: str, field: str) -> bool:
    """Say whether Odoo has the field, and so the module that brings it."""
    try:
        found = client.call(
            model, "fields_get", kind=Kind.READ, allfields=[field], attributes=["type"]
        )
    except OdooRejected:
        return False
    return field in found


def rights_finding(client: OdooClient, access: OdooAccess) -> Finding:
    """Try what the bot will have to do."""
    lacks = what_the_bot_lacks(client, modules=access.installed)
    if lacks:
        return broken(RIGHTS, f"It is not as it should be: {'; '.join(lacks)}.", PROVISION)
    return fine(RIGHTS, "The bot may do all that the portal needs, and no more than that.")


def driver_field_finding(client: OdooClient) -> Finding:
    """Look whether transfers have the field that shall name the driver."""
    name = settings.ODOO_DRIVER_FIELD
    if not name:
        return fine(DRIVER, "Transfers have no field of their own for it; the batch names it.")
    fields = client.call(
        "stock.picking", "fields_get", kind=Kind.READ, allfields=[name], attributes=["relation"]
    )
    if fields.get(name, {}).get("relation") in DRIVER_MODELS:
        return fine(DRIVER, f"Transfers have {name}.")
    return broken(
        DRIVER,
        f"Transfers have no field {name} that refers to a contact, an employee or a user.",
        "Whoever runs the portal must correct ODOO_DRIVER_FIELD, or leave it empty.",
    )


def companies_finding(client: OdooClient, access: OdooAccess) -> Finding:
    """Say which companies the bot sees; of the others it cannot know."""
    names = {row["id"]: row["name"] for row in rows(client, "res.company", [], "name")}
    [bot] = rows(client, "res.users", [["id", "=", access.bot_user_id]], "company_id")
    return fine(
        COMPANIES,
        f"The bot works for {names[bot['company_id']]}, and sees {len(names)}. After a company "
        f"was added in Odoo, run odoo_provision.",
    )


def batches_finding(client: OdooClient, access: OdooAccess) -> Finding:
    """Look whether Odoo's batches have a vehicle and a driver, and whether we know."""
    there = batches_have_vehicles(client)
    if there == access.has_fleet_batches:
        how = "there" if there else "not there; runs are planned without them"
        return fine(BATCHES, f"They are {how}.")
    says = "Odoo has them now." if there else "Odoo has them no more."
    return attention(BATCHES, f"{says} The portal does not know that yet.", PROVISION)
