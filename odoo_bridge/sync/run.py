"""One round of reading: every mirror, as long as Odoo answers."""

import structlog
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient, OdooError, OdooUnavailable
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.poll import poll
from odoo_bridge.sync.specs import SPECS
from portal.core.changes import touch

log = structlog.get_logger(__name__)


def poll_all(client: OdooClient, specs: tuple[MirrorSpec, ...] = SPECS) -> bool:
    """Read all mirrors; return whether Odoo answered to the end.

    A mirror that Odoo refuses, for want of a right or of a module, keeps its trouble and holds
    nobody else up. When Odoo does not answer, the round ends.
    """
    if not breaker.may_call(timezone.now()):
        return False
    for spec in specs:
        try:
            changed = poll(spec, client)
        except OdooError as error:
            breaker.note_failure(error, timezone.now())
            log.warning("poll_failed", mirror=spec.name, error=str(error))
            if isinstance(error, OdooUnavailable):
                return False
            PollCursor.objects.filter(mirror=spec.name).update(trouble=error.reason)
        else:
            # A mirror that another reader has, a dead one perhaps, says nothing of Odoo.
            if changed is not None:
                breaker.note_answer(timezone.now())
    touch("odoo")
    return True
