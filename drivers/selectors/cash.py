"""All that the page of the cash chain shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from drivers.models import Collection, Deposit, HandIn
from drivers.selectors.cash_days import CashDay, cash_days
from drivers.selectors.cash_on_road import Purse, purses
from odoo_bridge.models import Currency
from odoo_bridge.selectors.payments import currencies, refused_payments

DAYS = 30


@dataclass(frozen=True)
class Safe:
    """What was counted of one currency and is still in the office; hand-ins with ``checks``."""

    currency: int
    symbol: str
    name: str
    hand_ins: list[HandIn] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """What it is together."""
        return sum((one.counted for one in self.hand_ins), Decimal(0))


@dataclass(frozen=True)
class Banked:
    """A deposit, with the sign of its currency."""

    deposit: Deposit
    symbol: str

    @property
    def drivers(self) -> list[str]:
        """Whose money it was, each once."""
        return list(dict.fromkeys(one.driver.name for one in self.deposit.hand_ins.all()))


@dataclass(frozen=True)
class CashPage:
    """The chain, from the road to the bank."""

    purses: list[Purse]
    safes: list[Safe]
    days: list[CashDay]
    deposits: list[Banked]

    @property
    def is_mixed(self) -> bool:
        """Say whether there is money of several currencies."""
        both = [one.currency for one in self.purses] + [one.currency for one in self.safes]
        return len(set(both)) > 1


def cash_page(*, today: dt.date) -> CashPage:
    """Return what is on the road, what is in the office, and the last days; nine queries."""
    first = dt.datetime.combine(today - dt.timedelta(days=DAYS - 1), dt.time.min)
    since = timezone.make_aware(first)
    known, refused = currencies(), refused_payments()
    return CashPage(
        purses=purses(void_since=since, refused=refused, currencies=known),
        safes=_safes(known),
        days=cash_days(since=since, refused=refused.keys(), currencies=known),
        deposits=_banked(since, known),
    )


def _safes(known: Mapping[int, Currency]) -> list[Safe]:
    waiting = HandIn.objects.filter(deposit=None, taken_back_at=None).order_by("at", "pk")
    papers = Collection.objects.filter(method=Collection.Method.CHECK).order_by("pk")
    checks = Prefetch("collections", papers, to_attr="checks")
    found: dict[int, Safe] = {}
    for one in waiting.select_related("driver", "counted_by").prefetch_related(checks):
        key = one.currency_odoo_id
        currency = known.get(key)
        symbol, name = (currency.symbol, currency.name) if currency else ("", "")
        found.setdefault(key, Safe(key, symbol, name)).hand_ins.append(one)
    return [found[key] for key in sorted(found)]


def _banked(since: dt.datetime, known: Mapping[int, Currency]) -> list[Banked]:
    of = Prefetch("hand_ins", HandIn.objects.select_related("driver").order_by("at"))
    deposits = Deposit.objects.filter(at__gte=since).select_related("made_by").order_by("-at")
    return [
        Banked(one, known[one.currency_odoo_id].symbol if one.currency_odoo_id in known else "")
        for one in deposits.prefetch_related(of)
    ]
