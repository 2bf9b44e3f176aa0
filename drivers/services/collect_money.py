"""The driver was given cash."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from drivers.errors import NotDeliveredYet, TooMuchMoney
from drivers.models import Collection, StopAction
from drivers.services.act_once import act_once
from odoo_bridge.services.promise_payment import promise_payment
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_zone
from scheduling.models import Stop
from scheduling.selectors.collect import to_collect


@dataclass(frozen=True)
class Cash:
    """So much, in the order's currency, at this moment."""

    amount: Decimal
    at: dt.datetime


@transaction.atomic
def collect_money(*, stop_id: int, submission_id: uuid.UUID, cash: Cash, by: User) -> None:
    """Keep the money, and promise Odoo the payment.

    The same submission again changes nothing.

    :raises NotDeliveredYet: the goods are still on the truck.
    :raises TooMuchMoney: the customer owes less than that.
    """
    stop = Stop.objects.select_related("run", "job__order__currency").get(pk=stop_id)
    action = act_once(
        stop=stop, what=StopAction.What.COLLECTED, submission_id=submission_id, at=cash.at, by=by
    )
    if action is None:
        return
    _check(stop, cash.amount)
    payment = promise_payment(
        order=stop.job.order,
        amount=cash.amount,
        collected_on=timezone.localdate(cash.at, business_zone()),
        driver=str(by),
        by=by,
    )
    Collection.objects.create(
        action=action, stop=stop, payment=payment, amount=cash.amount, collected_at=cash.at
    )
    record(by=by, what="cash collected", target=stop, new={"amount": cash.amount})
    touch("money")


def _check(stop: Stop, amount: Decimal) -> None:
    if stop.done_at is None:
        raise NotDeliveredYet("Mark the delivery first, then record the money.")
    due, currency = to_collect([stop])[stop.pk], stop.job.order.currency
    if amount > due:
        most = money(due, currency.symbol if currency else "")
        raise TooMuchMoney(f"{most} is due here. Type what you were given, {most} at most.")
