"""Is this the Odoo that the portal was provisioned with? Asked before a process's first call.

A restored copy of the portal, or of Odoo, must not go on as if nothing had happened: what it holds
is another history of the same records. Not told apart: a copy that was made after provisioning and
carries the mark, and an Odoo that is exchanged under the same address while this process runs.
"""

import structlog
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import NotOurOdoo, OdooClient, OdooError, OdooUnavailable
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.instance import is_our_odoo

log = structlog.get_logger(__name__)
PROVEN: set[tuple[str, str, str, int]] = set()  # of this process: a restart asks again


def is_proven(client: OdooClient, access: OdooAccess) -> bool:
    """Say whether the portal may speak to this Odoo. Only a yes is remembered.

    Otherwise the breaker knows why not: everything waits, and is asked again at each probe.
    """
    place = (client.base_url, client.database, access.instance, access.bot_user_id)
    if place in PROVEN:
        return True
    if not breaker.may_call(timezone.now()):
        return False
    try:
        prove(client, access)
    except OdooError as error:
        log.warning("odoo_not_proven", error=str(error), reason=error.reason)
        breaker.note_failure(error, timezone.now())
        return False
    breaker.note_answer(timezone.now())
    PROVEN.add(place)
    return True


def prove(client: OdooClient, access: OdooAccess) -> None:
    """Ask Odoo for the mark that provisioning left in it.

    :raises NotOurOdoo: it has none, or another portal's.
    :raises OdooUnavailable: it does not say.
    """
    try:
        ours = is_our_odoo(client, instance=access.instance, bot_user_id=access.bot_user_id)
    except OdooUnavailable:
        raise
    except OdooError as error:  # an answer, but none to go by
        reason = f"Odoo does not say whether it is the portal's own: {error.reason}"
        raise OdooUnavailable(reason, error.call, error.cause, error.status) from error
    if not ours:
        raise NotOurOdoo(NotOurOdoo.REASON)
