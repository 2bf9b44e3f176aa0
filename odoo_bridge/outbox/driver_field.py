"""The driver on each transfer, where a business has a field of its own for that."""

from typing import NamedTuple

from django.conf import settings

from odoo_bridge.client import Domain, OdooRejected
from odoo_bridge.outbox.batches import BATCH, CLOSED
from odoo_bridge.outbox.sending import Repeat, Sending

STEP = "stock.picking.write"
# Whom the field may refer to, and how each is found from the contact that a batch has.
DRIVER_MODELS = {"res.partner": "", "hr.employee": "work_contact_id", "res.users": "partner_id"}
TRIES = 3  # somebody may give the run another driver at this moment


class Naming(NamedTuple):
    """What the open transfers are to say, and which of them do not."""

    driver: int | bool
    wrong: list[int]


def name_driver(odoo: Sending, batch: int) -> None:
    """Let the open transfers of a batch name its driver, if they have a field for that.

    :raises OdooRejected: they have no such field, or Odoo does not keep what is written to it.
    """
    if not settings.ODOO_DRIVER_FIELD or not odoo.access.has_fleet_batches:
        return
    model = model_of_drivers(odoo)
    for _try in range(TRIES):
        driver = driver_of(odoo, batch, model)
        naming = look(odoo, [["batch_id", "=", batch]], driver)
        if not naming.wrong:
            return
        write(odoo, naming)
    reason = f"Odoo does not keep what is written to {settings.ODOO_DRIVER_FIELD} of a transfer."
    raise OdooRejected(reason, STEP)


def name_nobody(odoo: Sending, picking: int) -> None:
    """Let a transfer that is on no batch name no driver."""
    if not settings.ODOO_DRIVER_FIELD or not odoo.access.has_fleet_batches:
        return
    model_of_drivers(odoo)
    naming = look(odoo, [["id", "=", picking]], False)
    if naming.wrong:
        write(odoo, naming)


def model_of_drivers(odoo: Sending) -> str:
    """Return the model that the field refers to.

    :raises OdooRejected: there is no such field, or it refers to nobody who could drive.
    """
    name = settings.ODOO_DRIVER_FIELD
    fields = odoo.read(
        "stock.picking", "fields_get", allfields=[name], attributes=["relation", "type"]
    )
    found = fields.get(name, {})
    if found.get("type") != "many2one" or found["relation"] not in DRIVER_MODELS:
        reason = (
            f"Odoo's transfers have no field {name} that refers to a contact, an employee or a "
            f"user: whoever runs the portal must correct ODOO_DRIVER_FIELD, or leave it empty."
        )
        raise OdooRejected(reason, STEP)
    return str(found["relation"])


def driver_of(odoo: Sending, batch: int, model: str) -> int | bool:
    """Return the batch's driver, a contact, as a record of the model; ``False``: there is none."""
    [row] = odoo.read(BATCH, "read", ids=[batch], fields=["driver_id"], load=None)
    contact: int | bool = row["driver_id"]
    link = DRIVER_MODELS[model]
    if not (contact and link):
        return contact
    domain = [[link, "=", contact]]
    found: list[int] = odoo.read(model, "search", domain=domain, order="id", limit=1)
    return next(iter(found), False)


def look(odoo: Sending, transfers: Domain, driver: int | bool) -> Naming:
    """Look which of these transfers are open, and name somebody else."""
    domain = [
        *transfers,
        ["state", "not in", list(CLOSED)],
        [settings.ODOO_DRIVER_FIELD, "!=", driver],
    ]
    return Naming(driver, odoo.read("stock.picking", "search", domain=domain))


def write(odoo: Sending, naming: Naming) -> None:
    """Name the driver. The same again changes nothing."""
    values = {settings.ODOO_DRIVER_FIELD: naming.driver}
    odoo.write("stock.picking", "write", repeat=Repeat.AT_ONCE, ids=naming.wrong, vals=values)
