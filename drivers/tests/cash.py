"""Money on its way from drivers' hands to the bank, for the tests."""

import uuid
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from drivers.models import Collection, HandIn, StopAction
from drivers.services.count_hand_in import Count, count_hand_in
from odoo_bridge.services.promise_payment import promise_payment
from portal.accounts.models import User
from portal.testing.mirrors import CurrencyFactory
from portal.testing.yard import StopFactory

CASH = reverse("drivers:cash")
DOLLAR = 1


def collected(
    driver, amount, *, check="", at=None, reason="", currency=DOLLAR, customer="Hill Diner"
):
    """Return what a driver was given of 412 at a stop of an order of this customer."""
    if currency != DOLLAR:
        CurrencyFactory(odoo_id=currency, name="CAD", symbol="C$")
    stop = StopFactory(
        run__driver=None,
        job__picking__order__customer__name=customer,
        job__picking__order__customer_odoo_id=7,
        job__picking__order__currency__odoo_id=currency,
        job__picking__order__currency_odoo_id=currency,
    )
    at = at or timezone.now()
    action = StopAction.objects.create(
        submission_id=uuid.uuid4(),
        what=StopAction.What.COLLECTED,
        by=driver,
        job=stop.job,
        stop=stop,
        done_at=at,
    )
    payment = promise_payment(
        order=stop.job.order,
        amount=Decimal(amount),
        collected_on=timezone.localdate(at),
        driver=str(driver),
        by=driver,
    )
    return Collection.objects.create(
        action=action,
        stop=stop,
        payment=payment,
        method="CHECK" if check else "CASH",
        check_number=check,
        amount=Decimal(amount),
        due=Decimal(412),
        reason=reason,
        collected_at=at,
    )


def count_of(*seen: Collection, cash, checks=(), reason="", currency=DOLLAR) -> Count:
    """Return what somebody counted who saw these."""
    return Count(
        driver_id=seen[0].action.by_id,
        currency=currency,
        seen=frozenset(one.pk for one in seen),
        checks=frozenset(one.pk for one in checks),
        cash=Decimal(cash),
        reason=reason,
    )


def handed_in(*taken: Collection, by: User, cash, reason="", currency=DOLLAR) -> HandIn:
    """Return a hand-in of all of these."""
    checks = [one for one in taken if one.check_number]
    count = count_of(*taken, cash=cash, checks=checks, reason=reason, currency=currency)
    return count_hand_in(count, by=by)


def sent(*seen: Collection, cash, checks=(), **more):
    """Return the address and the form of a page that has shown these."""
    driver = seen[0].action.by_id
    url = reverse("drivers:cash-count", args=[driver, DOLLAR])
    keys = ",".join(str(one.pk) for one in seen)
    return url, {"seen": keys, "checks": [one.pk for one in checks], "cash": cash, **more}
