"""Rounds through all mirrors, as long as Odoo answers."""

from collections.abc import Callable, Iterable

import structlog
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient, OdooError, OdooUnavailable
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.poll import poll
from odoo_bridge.sync.reconcile import reconcile
from odoo_bridge.sync.specs import SPECS
from portal.core.changes import touch

log = structlog.get_logger(__name__)


def poll_all(client: OdooClient, specs: Iterable[MirrorSpec] = SPECS) -> bool:
    """Read what changed in all mirrors; return whether Odoo answered to the end."""
    answered = for_each(specs, lambda spec: poll(spec, client))
    if answered:
        touch("odoo")
    return answered


def reconcile_all(client: OdooClient, specs: Iterable[MirrorSpec] = SPECS) -> bool:
    """Look for deletions in all mirrors; return whether Odoo answered to the end."""
    return for_each(specs, lambda spec: reconcile(spec, client))


def for_each(specs: Iterable[MirrorSpec], act: Callable[[MirrorSpec], int | None]) -> bool:
    """Do something with each mirror; return whether Odoo answered to the end.

    A mirror that Odoo refuses, for want of a right or of a module, keeps its trouble and holds
    nobody else up. When Odoo does not answer, the round ends.
    """
    if not breaker.may_call(timezone.now()):
        return False
    for spec in specs:
        try:
            result = act(spec)
        except OdooError as error:
            breaker.note_failure(error, timezone.now())
            log.warning("sync_failed", mirror=spec.name, error=str(error))
            if isinstance(error, OdooUnavailable):
                return False
            PollCursor.objects.filter(mirror=spec.name).update(trouble=error.reason)
        else:
            # A mirror that another reader has, a dead one perhaps, says nothing of Odoo.
            if result is not None:
                breaker.note_answer(timezone.now())
    return True
