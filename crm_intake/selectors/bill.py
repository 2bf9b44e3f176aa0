"""What texts cost: the price that holds now, and what went out month by month."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from crm_intake.models import OutgoingText
from crm_intake.selectors.rules import intake_rules
from portal.setup.selectors.profile import business_profile


@dataclass
class Month:
    """The texts that were handed over in a month of the business, and cost something.

    ``costs``: the sum of each currency (ISO 4217). ``unpriced``: segments in none of them, since
    nobody had said what they cost. The texts of who was erased are in none.
    """

    begins: dt.datetime
    texts: int = 0
    segments: int = 0
    unpriced: int = 0
    costs: list[tuple[str, Decimal]] = field(default_factory=list)


def price_now() -> tuple[Decimal | None, str]:
    """Return the price of a segment and its currency, or ``None`` and an empty text."""
    price = intake_rules().segment_price
    return (None, "") if price is None else (price, business_profile().currency)


def bill(now: dt.datetime) -> list[Month]:
    """Return this month and the one before; one query."""
    this = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    last = (this - dt.timedelta(days=1)).replace(day=1)
    months = {begins: Month(begins) for begins in (this, last)}
    sums = paid_texts().filter(handed_over_at__gte=last, handed_over_at__lte=now)
    for row in (
        sums.annotate(month=TruncMonth("handed_over_at"))
        .values("month", "currency")
        .annotate(
            texts=Count("pk"),
            parts=Sum("segments"),
            cost=Sum(F("segments") * F("segment_price")),
        )
        .order_by("month", "currency")
    ):
        month = months[row["month"]]
        month.texts += row["texts"]
        month.segments += row["parts"]
        if row["cost"] is None:
            month.unpriced += row["parts"]
        else:
            month.costs.append((row["currency"], row["cost"]))
    return list(months.values())


def paid_texts() -> QuerySet[OutgoingText]:
    """Return the texts that a provider asks money for: what it took, whether it arrived or not.

    One that it refused at once has no id of its.
    """
    failed = OutgoingText.State.FAILED
    taken = OutgoingText.objects.filter(state__in=OutgoingText.COSTS)
    return taken.exclude(state=failed, provider_id="")
