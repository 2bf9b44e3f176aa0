"""How each source has been heard, and whether somebody must be told."""

import datetime as dt
from dataclasses import dataclass

from crm_intake.models import RefusedDelivery, WebhookDelivery
from crm_intake.selectors.silence import silent_since
from crm_intake.source import Source
from crm_intake.sources import SOURCES
from odoo_bridge.models import Alert
from odoo_bridge.selectors.troubles import Trouble

ALARM_AFTER = 3
MOST = 100


@dataclass(frozen=True)
class Hearing:
    """When a source was last heard, and how many of its posts in a row were refused since."""

    source: Source
    is_set: bool
    last_heard_at: dt.datetime | None
    refused_since: int
    last_reason: str

    @property
    def alarm(self) -> bool:
        """So many refusals in a row mean a wrong secret, or somebody who tries."""
        return self.is_set and self.refused_since >= ALARM_AFTER


def hearings() -> list[Hearing]:
    """Return how each source that is set up here has been heard; two queries each."""
    return [hearing_of(source) for source in SOURCES.values() if source.is_set()]


def hearing_of(source: Source) -> Hearing:
    """Return how a source has been heard; two queries."""
    deliveries = WebhookDelivery.objects.filter(provider=source.name).order_by("-received_at")
    heard = deliveries.values_list("received_at", flat=True).first()
    refused = RefusedDelivery.objects.filter(provider=source.name).order_by("-received_at", "-pk")
    if heard:
        refused = refused.filter(received_at__gt=heard)
    latest = list(refused.values_list("reason", "times")[:MOST])
    return Hearing(
        source=source,
        is_set=source.is_set(),
        last_heard_at=heard,
        refused_since=sum(times for _reason, times in latest),
        last_reason=latest[0][0] if latest else "",
    )


def source_troubles(now: dt.datetime) -> list[Trouble]:
    """Return whether somebody must be told that posts are refused, or that none come any more.

    One query, and two for each source that is set up.
    """
    found = []
    heard = hearings()
    if any(hearing.alarm for hearing in heard):
        found.append(Trouble(Alert.Kind.SOURCES, None, now))
    silent = silent_since(now)
    since = [silent[one.source.name] for one in heard if one.source.name in silent]
    if since:
        found.append(Trouble(Alert.Kind.UNHEARD, None, min(since)))
    return found
