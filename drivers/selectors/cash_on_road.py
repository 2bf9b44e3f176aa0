"""What drivers have collected and not handed in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from drivers.models import Collection, ProofOfDelivery, StopAction
from drivers.selectors.told_acts import figure_said
from odoo_bridge.models import Currency
from odoo_bridge.selectors.money import never_made
from portal.accounts.models import User

IS_VOID = ExpressionWrapper(never_made("payment__"), output_field=BooleanField())


@dataclass(frozen=True)
class Taken:
    """Money of one stop; ``entry`` is what Odoo refused of it, by its key on the sync desk.

    ``photo`` is the picture of the check, if one was taken and has arrived.
    """

    collection: Collection
    entry: int | None
    photo: UUID | None

    @property
    def asked(self) -> Decimal | None:
        """What the driver's phone asked for, where that was another amount than the order's.

        So it is where a part was handed over, or where the price was changed meanwhile.
        """
        asked = figure_said(self.collection.action.details.get("due"))
        return None if asked == self.collection.due else asked

    @property
    def is_check(self) -> bool:
        """Say whether it is a paper with a number."""
        return self.collection.method == Collection.Method.CHECK


@dataclass(frozen=True)
class Purse:
    """What one driver has of one currency.

    ``void`` is what counts as never taken: somebody gave it up on the sync desk, or in Odoo.
    """

    driver: User
    currency: int
    symbol: str
    name: str
    taken: list[Taken] = field(default_factory=list)
    void: list[Taken] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells this purse from the others."""
        return f"{self.driver.pk}-{self.currency}"

    @property
    def seen(self) -> str:
        """The collections that whoever counts has before their eyes."""
        return ",".join(str(one.collection.pk) for one in self.taken)

    @property
    def cash(self) -> Decimal:
        """How much cash there should be."""
        return self._sum(is_check=False)

    @property
    def checks(self) -> Decimal:
        """How much the checks are."""
        return self._sum(is_check=True)

    @property
    def check_count(self) -> int:
        """How many checks there should be."""
        return sum(one.is_check for one in self.taken)

    def _sum(self, *, is_check: bool) -> Decimal:
        these = (one.collection.amount for one in self.taken if one.is_check == is_check)
        return sum(these, Decimal(0))


def with_drivers() -> QuerySet[Collection]:
    """Return what drivers should have with them."""
    return Collection.objects.filter(hand_in=None).exclude(never_made("payment__"))


def purses(
    *, void_since: dt.datetime, refused: Mapping[UUID, int], currencies: Mapping[int, Currency]
) -> list[Purse]:
    """Return what is not handed in, the oldest of each first, by the drivers' names; one query.

    What counts as never taken is there when it was collected after ``void_since``.
    """
    found: dict[tuple[int, int], Purse] = {}
    for one in _open(void_since):
        entry = refused.get(one.payment.uuid)
        driver, currency = one.action.by, one.payment.currency_odoo_id or 0
        known = currencies.get(currency)
        symbol, name = (known.symbol, known.name) if known else ("", "")
        purse = found.setdefault((driver.pk, currency), Purse(driver, currency, symbol, name))
        listed = purse.void if one.is_void else purse.taken  # type: ignore[attr-defined]
        listed.append(Taken(one, entry, one.photo))  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda purse: (purse.driver.name, purse.key))


def _photo() -> Subquery:
    """Return the picture that its driver took of the check there.

    It was taken before the check was noted, and after an earlier one was; or later, where that one
    did not arrive and there is no later check.
    """
    checks = Collection.objects.filter(
        action__job=OuterRef("action__job"),
        action__by=OuterRef("action__by"),
        method=Collection.Method.CHECK,
    )
    this = OuterRef(OuterRef("collected_at"))
    earlier = checks.filter(collected_at__gte=OuterRef("action__done_at"), collected_at__lt=this)
    taken = ProofOfDelivery.objects.filter(
        Q(action__done_at__lte=OuterRef("collected_at"))
        | ~Exists(checks.filter(collected_at__gt=this)),
        action__what=StopAction.What.CHECK,
        action__job=OuterRef("action__job"),
        action__by=OuterRef("action__by"),
    ).exclude(Exists(earlier))
    return Subquery(taken.order_by("-action__done_at").values("uuid")[:1])


def _open(void_since: dt.datetime) -> Iterator[Collection]:
    rows = Collection.objects.filter(hand_in=None).annotate(is_void=IS_VOID, photo=_photo())
    shown = rows.filter(Q(is_void=False) | Q(collected_at__gte=void_since))
    of = ("action__by", "payment__customer", "payment__order")
    return shown.select_related(*of).order_by("collected_at", "pk").iterator()
