"""What must be installed in Odoo, what may be, and the modules that we install ourselves."""

from collections.abc import Iterable

from odoo_bridge.client import Kind, OdooClient, OdooRejected
from odoo_bridge.models.access import FLEET_BATCHES, OPTIONAL
from odoo_bridge.provision.found import Change, Found
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import rows

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
BATCHES = "Batches with vehicle and driver"


def check_modules(client: OdooClient) -> str:
    """Make sure that what we read and write is there at all; return it in words.

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
    without = ", ".join(sorted(OPTIONAL - installed_of(client, OPTIONAL)))
    return (
        f"Modules: all that are needed are installed. Manufacturing and purchases: there"
        f"{f', without {without}' if without else ''}."
    )


def installed_of(client: OdooClient, names: Iterable[str]) -> set[str]:
    """Return those of the modules that are installed."""
    domain = [["name", "in", sorted(names)], ["state", "=", "installed"]]
    return {row["name"] for row in rows(client, "ir.module.module", domain, "name")}


def optional_modules(client: OdooClient) -> set[str]:
    """Return what Odoo has of the modules that we can do without."""
    fleet = {FLEET_BATCHES} if batches_have_vehicles(client) else set()
    return fleet | installed_of(client, OPTIONAL)


def fleet_batches(client: OdooClient) -> Found:
    """Look whether a batch of deliveries has a vehicle and a driver; installing gives it them."""
    if batches_have_vehicles(client):
        return Found(f"{BATCHES}: there ({FLEET_BATCHES}).")
    return module_to_install(client, FLEET_BATCHES, what=BATCHES, otherwise="Going on without.")


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


def module_to_install(client: OdooClient, name: str, *, what: str, otherwise: str) -> Found:
    """Return the installing of a module, or that it is not to be had and what happens otherwise."""

    def make() -> str:
        try:
            install(client, name)
        except OdooRejected as exc:
            return f"{what}: not to be had ({exc.reason}) {otherwise}"
        return f"{what}: {name} was installed."

    if not can_be_installed(client, name):
        return Found(f"{what}: not to be had (this Odoo has no module {name}). {otherwise}")
    return Found(change=Change(f"install the module {name} ({what})", make))


def can_be_installed(client: OdooClient, name: str) -> list[int]:
    """Return the module, if this Odoo has it."""
    asked = [["name", "=", name], ["state", "!=", "uninstallable"]]
    return [row["id"] for row in rows(client, "ir.module.module", asked)]


def install(client: OdooClient, name: str) -> None:
    """Install a module, which takes Odoo some seconds.

    :raises OdooRejected: Odoo does not want to.
    """
    client.call(
        "ir.module.module",
        "button_immediate_install",
        kind=Kind.WRITE_RECORDS,
        ids=can_be_installed(client, name),
    )
