"""How old, how many and how whole the mirrors are: one finding for each."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from odoo_bridge.models import PollCursor
from odoo_bridge.provision.doctor.finding import Finding, attention, broken, fine
from odoo_bridge.provision.doctor.key import PROVISION
from odoo_bridge.selectors.state import LATE_AFTER
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.references import waiting_references

WORKERS = "Check that a worker and the clock run; manage.py odoo_sync reads it at once."


def mirror_findings(specs: Iterable[MirrorSpec], now: dt.datetime) -> list[Finding]:
    """Look at each mirror that this Odoo fills."""
    cursors = {cursor.mirror: cursor for cursor in PollCursor.objects.all()}
    return [mirror_finding(spec, cursors.get(spec.name), now) for spec in specs]


def mirror_finding(spec: MirrorSpec, cursor: PollCursor | None, now: dt.datetime) -> Finding:
    """Look at one mirror."""
    about = f"Mirror {spec.name}"
    if cursor is not None and cursor.trouble:
        return broken(about, f"Odoo does not let us read it: {cursor.trouble}", PROVISION)
    if cursor is None or cursor.finished_at is None:
        return attention(about, "It was never read to the end.", WORKERS)
    age = now - cursor.finished_at
    says = f"{held(spec)}, read {age.total_seconds():.0f} s ago{waiting(spec)}."
    if age > dt.timedelta(seconds=LATE_AFTER * settings.ODOO_POLL_SECONDS):
        return attention(about, says, WORKERS)
    return fine(about, says)


def held(spec: MirrorSpec) -> str:
    """Return how many records there are that Odoo has not deleted."""
    return f"{spec.model.objects.filter(deleted_at=None).count()} records"


def waiting(spec: MirrorSpec) -> str:
    """Return how many records wait for what they point at, if any do."""
    number = waiting_references([spec]).get(spec.name, 0)
    return f", {number} wait for what they refer to" if number else ""
