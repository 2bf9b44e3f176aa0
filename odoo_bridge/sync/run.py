"""Rounds through all mirrors, as long as Odoo answers."""

from collections.abc import Callable, Iterable

import structlog
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooClient, OdooError, OdooUnavailable
from odoo_bridge.models import PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.drift import NOT_UNDERSTOOD, explain
from odoo_bridge.sync.poll import is_unchanged, latest_night, poll
from odoo_bridge.sync.reconcile import prints_of_all, reconcile
from odoo_bridge.sync.references import note_waiting_references
from odoo_bridge.sync.specs import SPECS
from odoo_bridge.sync.time_travel import odoo_went_back
from portal.core.changes import touch

log = structlog.get_logger(__name__)
LONGEST = 2000
SLICE = 10  # seconds for one mirror in a round


def poll_all(client: OdooClient, specs: Iterable[MirrorSpec] = SPECS) -> bool:
    """Read what changed in all mirrors; return whether Odoo answered to the end.

    Of a mirror in which nothing happens neither Odoo nor our database is asked more than once. A
    long reading goes on in the next round, so that the other mirrors do not wait for it.
    """
    cursors = PollCursor.objects.in_bulk(field_name="mirror")
    unchanged: list[str] = []
    night = latest_night(timezone.now())

    def read(spec: MirrorSpec) -> int | None:
        cursor = cursors.get(spec.name)
        if cursor is None or not is_unchanged(cursor, spec, client, night=night):
            return poll(spec, client, for_at_most=SLICE)
        unchanged.append(spec.name)
        return 0

    answered = for_each(client, specs, read)
    now = timezone.now()
    PollCursor.objects.filter(mirror__in=unchanged).update(finished_at=now, trouble="")
    if answered:
        touch("odoo")
    return answered


def reconcile_all(client: OdooClient, specs: Iterable[MirrorSpec] = SPECS) -> bool:
    """Look for deletions, and whether Odoo went back in time; return whether it answered."""
    specs = tuple(specs)
    note_waiting_references(specs)
    held = prints_of_all(specs)
    if not for_each(client, specs, lambda spec: reconcile(spec, client, held[spec.name])):
        return False
    try:
        odoo_went_back(client, specs)
    except OdooError as error:
        breaker.note_failure(error, timezone.now())
        return False
    return True


def for_each(
    client: OdooClient, specs: Iterable[MirrorSpec], act: Callable[[MirrorSpec], int | None]
) -> bool:
    """Do something with each mirror; return whether Odoo answered to the end.

    A mirror that Odoo refuses, for want of a right or of a module, keeps its trouble and holds
    nobody else up. When Odoo does not answer, the round ends.
    """
    if not breaker.may_call(timezone.now()):
        return False
    heard = False
    for spec in specs:
        try:
            result = act(spec)
        except OdooError as error:
            heard = False
            breaker.note_failure(error, timezone.now())
            log.warning("sync_failed", mirror=spec.name, error=str(error))
            if isinstance(error, OdooUnavailable):
                return False
            note_trouble(spec, why(spec, error, client))
        except NOT_UNDERSTOOD:
            log.exception("row_not_understood", mirror=spec.name)
            note_trouble(spec, "A value that Odoo gave cannot be understood: see the portal's log.")
        else:
            # A mirror that another reader has, a dead one perhaps, says nothing of Odoo.
            if result is not None and not heard:
                breaker.note_answer(timezone.now())
                heard = True
    return True


def why(spec: MirrorSpec, error: OdooError, client: OdooClient) -> str:
    """Return what to tell people of a mirror that cannot be read."""
    try:
        return explain(spec, error, client)
    except OdooError:
        return error.reason


def note_trouble(spec: MirrorSpec, trouble: str) -> None:
    """Show on the desk that a mirror cannot be read, until it can."""
    PollCursor.objects.filter(mirror=spec.name).update(trouble=trouble[:LONGEST])
