"""What is the matter with Odoo now, and of what somebody is told."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Max, Min, Q

from odoo_bridge.models import (
    Alert,
    Breaker,
    Conflict,
    HintHearing,
    OdooAccess,
    OutboxEntry,
    RefusedHints,
)

Kind = Alert.Kind
State = OutboxEntry.State
LATELY = dt.timedelta(days=1)
KEY_SOON, KEY_NOW = dt.timedelta(days=21), dt.timedelta(days=2)


@dataclass(frozen=True)
class Trouble:
    """Something that is so now, about one entry or about none; ``since`` as far as we know."""

    kind: Alert.Kind
    entry: int | None
    since: dt.datetime

    @property
    def about(self) -> tuple[Alert.Kind, int | None]:
        """What makes two of them the same trouble."""
        return self.kind, self.entry


def troubles(now: dt.datetime) -> list[Trouble]:
    """Return what is the matter now, whether or not it has lasted; seven queries."""
    return [*of_entries(now), *of_odoo(), *of_the_key(now), *of_webhooks(now)]


def of_entries(now: dt.datetime) -> Iterator[Trouble]:
    """Return the entries that do not get on by themselves.

    An entry whose answer was lost is sent again and again to look: while that is under way it is
    still in doubt, if it was.
    """
    in_doubt = Alert.objects.filter(kind=Kind.UNKNOWN, ended_at=None).values("entry")
    stuck = OutboxEntry.objects.filter(
        Q(state__in=[State.PARKED, State.UNKNOWN]) | Q(state=State.SENDING, pk__in=in_doubt)
    )
    for pk, state, sent_at in stuck.order_by("pk").values_list("pk", "state", "sent_at"):
        if state == State.PARKED:
            yield Trouble(Kind.PARKED, pk, sent_at or now)
        else:
            yield Trouble(Kind.UNKNOWN, pk, now)
    disputed = Conflict.objects.filter(choice="", entry__state=State.CONFLICT)
    found = disputed.values("entry").annotate(since=Min("found_at")).order_by("entry")
    for pk, since in found.values_list("entry", "since"):
        yield Trouble(Kind.CONFLICT, pk, since)


def of_odoo() -> Iterator[Trouble]:
    """Return whether Odoo does not answer, or has gone back in time."""
    breaker = Breaker.objects.first() or Breaker()
    if breaker.opened_at:
        yield Trouble(Kind.BREAKER, None, breaker.opened_at)
    if breaker.held_at:
        yield Trouble(Kind.HELD, None, breaker.held_at)


def of_the_key(now: dt.datetime) -> Iterator[Trouble]:
    """Return whether the kept key ends; of one in the environment nobody knows when it does."""
    access = None if settings.ODOO_API_KEY else OdooAccess.objects.first()
    if access is None:
        return
    left = access.key_expires_at - now
    for kind, warned in ((Kind.KEY_SOON, KEY_SOON), (Kind.KEY_NOW, KEY_NOW)):
        if left <= warned:
            yield Trouble(kind, None, now)


def of_webhooks(now: dt.datetime) -> Iterator[Trouble]:
    """Return whether Odoo's webhooks are missed or refused, and none came since."""
    if not OdooAccess.objects.filter(hints_since__isnull=False).exists():
        return
    unheard = Q(heard_at__isnull=True) | Q(heard_at__lt=F("missed_at"))
    silent = HintHearing.objects.filter(unheard, missed_at__gt=now - LATELY)
    if since := silent.aggregate(since=Min("missed_at"))["since"]:
        yield Trouble(Kind.SILENT, None, since)
    heard_at = HintHearing.objects.aggregate(at=Max("heard_at"))["at"]
    door = RefusedHints.objects.filter(refused_at__gt=max(now - LATELY, heard_at or now - LATELY))
    if since := door.values_list("refused_at", flat=True).first():
        yield Trouble(Kind.REFUSED, None, since)


@dataclass(frozen=True)
class Difference:
    """What has begun and what is over since the open alerts were written."""

    begun: list[Trouble]
    over: list[Alert]


def difference(current: Iterable[Trouble], open_alerts: Iterable[Alert]) -> Difference:
    """Compare what is the case now with the open alerts."""
    now = {trouble.about: trouble for trouble in current}
    known = {(Kind(alert.kind), alert.entry_id): alert for alert in open_alerts}
    return Difference(
        begun=[trouble for about, trouble in now.items() if about not in known],
        over=[alert for about, alert in known.items() if about not in now],
    )
