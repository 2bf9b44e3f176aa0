"""The driver was given cash."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from drivers.errors import NobodyToCharge, NotDeliveredYet, TapReused, TooMuchMoney
from drivers.models import Collection, StopAction
from drivers.services.act_once import REUSED, Tap, act_once
from odoo_bridge.models import SaleOrder
from odoo_bridge.services.promise_payment import promise_payment
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_zone
from scheduling.models import Stop
from scheduling.selectors.collect import to_collect


@transaction.atomic
def collect_money(*, stop_id: int, amount: Decimal, tap: Tap) -> None:
    """Keep the money, and promise Odoo the payment. The same tap again changes nothing.

    :param amount: in the order's currency.
    :raises StopGone: the stop is not on a run of this driver any more.
    :raises TapReused: the tap's id was sent before, for something else.
    :raises NotDeliveredYet: the goods are still on the truck.
    :raises NobodyToCharge: Odoo has not said yet who pays, or something was fetched.
    :raises TooMuchMoney: the customer owes less than that.
    """
    stop, action = act_once(stop_id=stop_id, what=StopAction.What.COLLECTED, tap=tap)
    if action is None:
        refuse_another_amount(tap, amount)
        return
    payment = promise_payment(
        order=_order_to_pay(stop, amount),
        amount=amount,
        collected_on=timezone.localdate(tap.at, business_zone()),
        driver=str(tap.by),
        by=tap.by,
    )
    Collection.objects.create(
        action=action, stop=stop, payment=payment, amount=amount, collected_at=tap.at
    )
    record(by=tap.by, what="cash collected", target=stop, new={"amount": amount})
    touch("money")


def refuse_another_amount(tap: Tap, amount: Decimal) -> None:
    """:raises TapReused: this tap was noted before, with another amount."""
    if Collection.objects.get(action__submission_id=tap.submission_id).amount != amount:
        raise TapReused(REUSED)


def _order_to_pay(stop: Stop, amount: Decimal) -> SaleOrder:
    order = stop.job.order
    if order is None:
        raise NobodyToCharge(f"{stop.job.name} is fetched: nobody pays for that.")
    if stop.done_at is None:
        raise NotDeliveredYet("Mark the delivery first, then record the money.")
    if order.customer_odoo_id is None or order.currency_odoo_id is None:
        raise NobodyToCharge(
            f"Odoo has not told yet who pays {order.name}. Call the office before you take money."
        )
    due, currency = to_collect([stop])[stop.pk], order.currency
    if amount > due:
        most = money(due, currency.symbol if currency else "")
        raise TooMuchMoney(f"{most} is due here. Type what you were given, {most} at most.")
    return order
