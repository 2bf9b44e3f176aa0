"""The one way in which the portal itself sends: to its own Odoo and to no other."""

from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient, OdooError
from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.drain import drain
from odoo_bridge.outbox.due import anything_due
from odoo_bridge.outbox.lease import reclaim_expired
from odoo_bridge.provision.proof import is_proven
from odoo_bridge.selectors.access import client_of
from odoo_bridge.sync.specs import SPECS
from odoo_bridge.sync.time_travel import odoo_went_back


def send_due() -> int | None:
    """Send what is due; return how many entries, or ``None`` before the portal has an Odoo.

    While Odoo is not proven to be ours, nothing is taken up and no attempt is counted.
    """
    access = OdooAccess.objects.first()
    client = client_of(access)
    if client is None or access is None:
        return None
    now = timezone.now()
    reclaim_expired(now)
    # Asked first: who has nothing to send leaves the breaker's probe to others.
    if not anything_due(now) or not is_proven(client, access):
        return 0
    if breaker.was_away() and not is_as_it_was(client):
        return 0
    return drain(client, access)


def is_as_it_was(client: OdooClient) -> bool:
    """Say whether Odoo, which was away, is not an older copy of itself now."""
    if not breaker.may_call(timezone.now()):
        return False
    try:
        went_back = odoo_went_back(client, SPECS)
    except OdooError as error:
        breaker.note_failure(error, timezone.now())
        return False
    breaker.note_answer(timezone.now())
    if not went_back:
        breaker.note_as_it_was()
    return not went_back
