"""What must be installed in Odoo, what may be, and the one module that we install ourselves."""

from collections.abc import Iterable

from odoo_bridge.client import Kind, OdooClient, OdooRejected
from odoo_bridge.models.access import FLEET_BATCHES, OPTIONAL
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows
from odoo_bridge.provision.say import Say

REQUIRED = {
    "sale_management": "Sales",
    "crm": "CRM",
    "stock": "Inventory",
    "account": "Invoicing",
    "fleet": "Fleet",
    "hr": "Employees",
    "sale_crm": "Opportunity to Quotation",
    "sale_stock": "Sales and Warehouse Management",
    "stock_delivery": "Delivery - Stock",
}
STANDS_FOR = {"sale_management": "sale"}  # the same orders without quotation templates


def check_modules(client: OdooClient, say: Say) -> None:
    """Make sure that what we read and write is there at all.

    :raises NotProvisioned: with the names of the missing ones.
    """
    installed = installed_of(client, [*REQUIRED, *STANDS_FOR.values()])
    missing = [
        f"{title} ({name})"
        for name, title in REQUIRED.items()
        if not {name, STANDS_FOR.get(name, name)} & installed
    ]
    if missing:
        raise NotProvisioned(
            f"Odoo lacks {', '.join(missing)}: an administrator of Odoo must install that under "
            f"Apps, and then run odoo_provision again."
        )
    say("Modules: all that are needed are installed.")


def installed_of(client: OdooClient, names: Iterable[str]) -> set[str]:
    """Return those of the modules that are installed."""
    domain = [["name", "in", sorted(names)], ["state", "=", "installed"]]
    return {row["name"] for row in rows(client, "ir.module.module", domain, "name")}


def provide_optional_modules(client: OdooClient, say: Say) -> set[str]:
    """Return what Odoo has of the modules that we can do without."""
    there = {FLEET_BATCHES} if provide_fleet_batches(client, say) else set()
    found = installed_of(client, OPTIONAL)
    without = OPTIONAL - found
    say(f"Manufacturing and purchases: there{f', without {listed(without)}' if without else ''}.")
    return there | found


def listed(names: Iterable[str]) -> str:
    """Return the names in one line."""
    return ", ".join(sorted(names))


def provide_fleet_batches(client: OdooClient, say: Say) -> bool:
    """Say whether a batch of deliveries has a vehicle and a driver; install what gives it them."""
    if batches_have_vehicles(client):
        say(f"Batches with vehicle and driver: there ({FLEET_BATCHES}).")
        return True
    try:
        install(client, FLEET_BATCHES)
    except OdooRejected as exc:
        say(f"Batches with vehicle and driver: not to be had ({exc.reason}) Going on without.")
        return False
    say(f"Batches with vehicle and driver: {FLEET_BATCHES} was installed.")
    return True


def batches_have_vehicles(client: OdooClient) -> bool:
    """Say whether the fields are there, whichever module brought them."""
    wanted = ["vehicle_id", "driver_id"]
    try:
        fields = client.call(
            "stock.picking.batch", "fields_get", kind=Kind.READ, allfields=wanted, attributes=[]
        )
    except OdooRejected:  # no batches at all
        return False
    return set(wanted) <= set(fields)


def install(client: OdooClient, name: str) -> None:
    """Install a module, which takes Odoo some seconds.

    :raises OdooRejected: Odoo does not have it, or does not want to.
    """
    found = rows(
        client, "ir.module.module", [["name", "=", name], ["state", "!=", "uninstallable"]]
    )
    if not found:
        raise OdooRejected(f"this Odoo does not have the module {name}.")
    client.call(
        "ir.module.module",
        "button_immediate_install",
        kind=Kind.WRITE_RECORDS,
        ids=[found[0]["id"]],
    )
