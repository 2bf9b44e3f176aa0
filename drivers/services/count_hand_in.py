"""A driver's money is counted at the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from drivers.errors import HandInChanged, OddCount, OwnMoney
from drivers.models import Collection, HandIn
from drivers.selectors.cash_on_road import with_drivers
from odoo_bridge.selectors.money import sign_of
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.templatetags.figures import money

CASH, CHECK = Collection.Method.CASH, Collection.Method.CHECK


@dataclass(frozen=True)
class Count:
    """What somebody counted of a driver's money in one currency.

    ``seen`` are the collections that the page has shown, by their keys, and ``checks`` those of
    them whose check is there.
    """

    driver_id: int
    currency: int
    seen: frozenset[int]
    checks: frozenset[int]
    cash: Decimal
    reason: str


@begins_anew
def count_hand_in(count: Count, *, by: User) -> HandIn:
    """Take over the cash, and the checks that are there; other checks stay with the driver.

    :raises OwnMoney: somebody counts what they have collected themselves.
    :raises HandInChanged: something was collected, counted or given up since the page was made.
    :raises OddCount: it is not what should be there and nobody says why, or nothing is there.
    """
    if by.pk == count.driver_id:
        raise OwnMoney("You have collected this yourself: a second person counts it.")
    taken = _lock(count)
    covered = [one for one in taken if one.method == CASH or one.pk in count.checks]
    if not covered:
        raise OddCount("Nothing of this was handed in. Tick the checks that are there.")
    expected = _sum(covered, CASH)
    _refuse_odd_count(count, expected, missing=len(taken) - len(covered))
    hand_in = HandIn.objects.create(
        driver_id=count.driver_id,
        counted_by=by,
        currency_odoo_id=count.currency,
        expected_cash=expected,
        counted_cash=count.cash,
        check_count=sum(one.method == CHECK for one in covered),
        check_sum=_sum(covered, CHECK),
        reason=count.reason,
    )
    keys = [one.pk for one in covered]
    Collection.objects.filter(pk__in=keys).update(hand_in=hand_in)
    new = {
        "driver": count.driver_id,
        "expected": expected,
        "counted": count.cash,
        "checks": hand_in.check_sum,
        "collections": keys,
    }
    record(by=by, what="money counted", target=hand_in, new=new)
    touch("money")
    return hand_in


def _lock(count: Count) -> list[Collection]:
    """Return what the driver has, locked: of two who count it at once one waits.

    :raises HandInChanged: it is not what was seen, or the checks are none of it.
    """
    mine = with_drivers().filter(
        action__by=count.driver_id, payment__currency_odoo_id=count.currency
    )
    taken = list(mine.select_for_update(of=("self",)).order_by("pk"))
    checks = {one.pk for one in taken if one.method == CHECK}
    if {one.pk for one in taken} != count.seen or count.checks - checks:
        raise HandInChanged(
            "What this driver has with them has changed meanwhile. Look at it, and count again."
        )
    return taken


def _refuse_odd_count(count: Count, expected: Decimal, *, missing: int) -> None:
    if count.reason:
        return
    if count.cash != expected:
        symbol = sign_of(count.currency)
        raise OddCount(
            f"{money(expected, symbol)} in cash should be there, not {money(count.cash, symbol)}."
            " Count again, or say why."
        )
    if missing:
        raise OddCount("A check is not ticked: it stays with the driver. Tick it, or say why.")


def _sum(taken: Iterable[Collection], method: str) -> Decimal:
    return sum((one.amount for one in taken if one.method == method), Decimal(0))
