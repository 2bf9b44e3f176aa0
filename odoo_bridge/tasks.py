"""The bridge's tasks. They carry no data and find their own work in the database."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from odoo_bridge.client import OdooClient
from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.due import anything_due_or_expired
from odoo_bridge.outbox.rate import wait_for_turn
from odoo_bridge.outbox.send_due import send_due
from odoo_bridge.provision.proof import is_proven
from odoo_bridge.selectors.access import client_of
from odoo_bridge.slots import Doing, slot
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.dirt import anything_dirty
from odoo_bridge.sync.levels import read_levels
from odoo_bridge.sync.refresh import refresh_dirty
from odoo_bridge.sync.run import poll_all, reconcile_all
from odoo_bridge.sync.specs import SPECS, specs_for


@shared_task(ignore_result=True)
def poll_odoo(**_: Any) -> None:
    """Read what changed in Odoo. Safe to run at any time, by any number of workers.

    One at a time: a round takes longer than the next one waits, when Odoo is slow, and two would
    leave no worker for what people wait for.
    """
    with slot(Doing.POLLING, of=1) as free:
        if free and (client := proven_client()) and poll_all(client, readable_specs()):
            read_levels(client)


@shared_task(ignore_result=True)
def reconcile_odoo(**_: Any) -> None:
    """Look for what was deleted in Odoo. Safe to run at any time, by any number of workers.

    One at a time, as with polls.
    """
    with slot(Doing.COUNTING, of=1) as free:
        if free and (client := proven_client()):
            reconcile_all(client, readable_specs())


@shared_task(ignore_result=True)
def refresh_odoo(**_: Any) -> None:
    """Read again what webhooks told of. Safe to run at any time, by any number of workers.

    One at a time, as with polls: what comes meanwhile is read with the next round.
    """
    if not anything_dirty(timezone.now()):
        return
    with slot(Doing.REFRESHING, of=1) as free:
        if free and (client := proven_client()):
            refresh_dirty(client)


@shared_task(ignore_result=True)
def drain_outbox(**_: Any) -> None:
    """Send what is due. Safe to run at any time, by any number of workers."""
    if anything_due_or_expired(timezone.now()):
        send_due()


def proven_client() -> OdooClient | None:
    """Return the client of the portal's own Odoo, or ``None`` while there is none to be had.

    What it reads counts towards the calls a second, as what the outbox sends.
    """
    access = OdooAccess.objects.first()
    client = client_of(access, before_call=wait_for_turn)
    # Without an access there is a key from the environment alone, and no mark to look for.
    if client is None or (access is not None and not is_proven(client, access)):
        return None
    return client


def readable_specs() -> tuple[MirrorSpec, ...]:
    """Return the mirrors that can be read of this Odoo."""
    access = OdooAccess.objects.first()
    return specs_for(modules=access.installed) if access else SPECS
