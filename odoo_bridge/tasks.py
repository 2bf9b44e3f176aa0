"""The bridge's tasks. They carry no data and find their own work in the database."""

from typing import Any

from celery import shared_task

from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.send_due import send_due
from odoo_bridge.provision.proof import is_proven
from odoo_bridge.selectors.access import default_client
from odoo_bridge.sync.run import poll_all
from odoo_bridge.sync.specs import specs_for


@shared_task(ignore_result=True)
def poll_odoo(**_: Any) -> None:
    """Read what changed in Odoo. Safe to run at any time, by any number of workers."""
    client, access = default_client(), OdooAccess.objects.first()
    # Without an access there is a key from the environment alone, and no mark to look for.
    if client is not None and (access is None or is_proven(client, access)):
        poll_all(client, specs_for(has_fleet_batches=access is None or access.has_fleet_batches))


@shared_task(ignore_result=True)
def drain_outbox(**_: Any) -> None:
    """Send what is due. Safe to run at any time, by any number of workers."""
    send_due()
