"""The bridge's tasks. They carry no data and find their own work in the database."""

from typing import Any

from celery import shared_task

from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.drain import drain
from odoo_bridge.selectors.access import default_client
from odoo_bridge.sync.run import poll_all


@shared_task(ignore_result=True)
def poll_odoo(**_: Any) -> None:
    """Read what changed in Odoo. Safe to run at any time, by any number of workers."""
    client = default_client()
    if client is not None:
        poll_all(client)


@shared_task(ignore_result=True)
def drain_outbox(**_: Any) -> None:
    """Send what is due. Safe to run at any time, by any number of workers."""
    client, access = default_client(), OdooAccess.objects.first()
    if client is not None and access is not None:
        drain(client, access)
