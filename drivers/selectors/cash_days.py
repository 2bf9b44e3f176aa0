"""What was collected, handed in, counted and deposited, by driver and day."""

import datetime as dt
from collections.abc import Collection as Keys
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from drivers.models import Collection, Deposit, HandIn, Variance
from odoo_bridge.models import Currency
from odoo_bridge.selectors.money import never_made

NOTHING = Decimal(0)
Key = tuple[dt.date, int, int]


@dataclass
class CashDay:
    """A driver's day in one currency; hand-ins stand on the day on which they were counted.

    ``on_road`` of what was ``collected`` is not handed in; Odoo refused ``refused`` payments of it.
    """

    day: dt.date
    driver: str
    symbol: str
    collected: Decimal = NOTHING
    on_road: Decimal = NOTHING
    refused: int = 0
    hand_ins: list[HandIn] = field(default_factory=list)

    @property
    def counting(self) -> list[HandIn]:
        """The hand-ins that were not taken back."""
        return [one for one in self.hand_ins if one.taken_back_at is None]

    @property
    def handed_in(self) -> Decimal:
        """What the day's hand-ins should be."""
        return sum((one.expected for one in self.counting), NOTHING)

    @property
    def counted(self) -> Decimal:
        """What was there."""
        return sum((one.counted for one in self.counting), NOTHING)

    @property
    def variance(self) -> Variance:
        """How much more or less was there."""
        return Variance(self.counted - self.handed_in)

    @property
    def deposits(self) -> list[Deposit]:
        """Where the day's hand-ins went, each deposit once."""
        return list(dict.fromkeys(one.deposit for one in self.counting if one.deposit))

    @property
    def in_office(self) -> Decimal:
        """What was counted and is not deposited."""
        return sum((one.counted for one in self.counting if one.deposit is None), NOTHING)


def cash_days(
    *, since: dt.datetime, refused: Keys[UUID], currencies: Mapping[int, Currency]
) -> list[CashDay]:
    """Return the days since then, the newest first, on the current clock; two queries."""
    found: dict[Key, CashDay] = {}

    def day_of(day: dt.date, driver: int, name: str, currency: int) -> CashDay:
        known = currencies.get(currency)
        new = CashDay(day, name, known.symbol if known else "")
        return found.setdefault((day, driver, currency), new)

    for row in _collected(since, refused):
        one = day_of(row["day"], row["driver"], row["name"], row["currency"])
        one.collected, one.on_road, one.refused = row["sum"], row["open"], row["refused"]
    counted = HandIn.objects.filter(at__gte=since).order_by("at", "pk")
    for hand_in in counted.select_related("driver", "counted_by", "deposit", "taken_back_by"):
        day, driver = timezone.localdate(hand_in.at), hand_in.driver
        one = day_of(day, driver.pk, driver.name, hand_in.currency_odoo_id)
        one.hand_ins.append(hand_in)
    keys = sorted(found, key=lambda key: (-key[0].toordinal(), found[key].driver, key))
    return [found[key] for key in keys]


def _collected(since: dt.datetime, refused: Keys[UUID]) -> Any:
    """Return the sums of what counts; what was handed in was there, whatever Odoo has of it."""
    rows = Collection.objects.filter(collected_at__gte=since)
    counts = rows.filter(Q(hand_in__isnull=False) | ~never_made("payment__"))
    return (
        counts.order_by()
        .values(
            day=TruncDate("collected_at"),
            driver=F("action__by"),
            name=F("action__by__name"),
            currency=F("payment__currency_odoo_id"),
        )
        .annotate(
            sum=Sum("amount"),
            open=Coalesce(Sum("amount", filter=Q(hand_in=None)), NOTHING),
            refused=Count("pk", filter=Q(payment__uuid__in=list(refused))),
        )
    )
