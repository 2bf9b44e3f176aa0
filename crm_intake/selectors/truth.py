"""What each source delivered of late, and what became of it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import RefusedDelivery, SourceAsked, WebhookDelivery
from crm_intake.selectors.hearing import Hearing, hearings
from crm_intake.selectors.silence import silent_since

State = WebhookDelivery.State
LATELY = dt.timedelta(days=7)
MOST = 100
COUNTED = {
    "accepted": Count("pk"),
    "late": Count("pk", filter=Q(late=True)),
    "filled": Count("pk", filter=Q(delivery_id__startswith="asked:")),
    "waiting": Count("pk", filter=Q(state=State.NEW)),
    "troubled": Count("pk", filter=Q(state__in=WebhookDelivery.TROUBLED)),
}


@dataclass(frozen=True)
class SourceTruth:
    """A source's last seven days. ``refusals``: each reason and how often, the most frequent first.

    ``filled`` of the accepted were not delivered: the source was asked for them, as ``asked`` says.
    ``silent_since`` is set when it has been silent for longer than is usual.
    """

    hearing: Hearing
    accepted: int
    late: int
    filled: int
    asked: SourceAsked | None
    waiting: int
    troubled: int
    refusals: list[tuple[str, int]]
    silent_since: dt.datetime | None


def truth_board(now: dt.datetime) -> list[SourceTruth]:
    """Return a row for each source that is set up; four queries, and two for each source."""
    deliveries = WebhookDelivery.objects.filter(received_at__gt=now - LATELY)
    counts: defaultdict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for row in deliveries.values("provider").annotate(**COUNTED):
        counts[row["provider"]] = dict(row)
    refused = RefusedDelivery.objects.filter(received_at__gt=now - LATELY)
    reasons: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    found = refused.values_list("provider", "reason").annotate(number=Sum("times"))
    for provider, reason, number in found.order_by("-number", "reason"):
        reasons[provider].append((reason, number))
    silent, asked = silent_since(now), SourceAsked.objects.in_bulk(field_name="provider")
    return [
        SourceTruth(
            hearing=hearing,
            accepted=counts[hearing.source.name]["accepted"],
            late=counts[hearing.source.name]["late"],
            filled=counts[hearing.source.name]["filled"],
            asked=asked.get(hearing.source.name),
            waiting=counts[hearing.source.name]["waiting"],
            troubled=counts[hearing.source.name]["troubled"],
            refusals=reasons[hearing.source.name],
            silent_since=silent.get(hearing.source.name),
        )
        for hearing in hearings()
    ]


def latest_deliveries() -> list[WebhookDelivery]:
    """Return what was posted last, whatever became of it, without the bodies."""
    posted = WebhookDelivery.objects.exclude(provider=IMPORTED).defer("body")
    return list(posted.order_by("-received_at", "-pk")[:MOST])
