"""The driver was given money."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from drivers.errors import DeliveryKept, NobodyToCharge, NotDeliveredYet, OddAmount, PriceChanged
from drivers.models import Collection, StopAction
from drivers.services.text_receipt import text_receipt
from odoo_bridge.models import SaleOrder
from odoo_bridge.services.promise_payment import promise_payment
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_zone
from scheduling.models import Stop
from scheduling.selectors.collect import to_collect

KEPT = StopAction.Verdict.KEPT
ASKED = "It was kept for the office, which lets it count."
PRICE_CHANGED = "The price changed meanwhile: the office lets it count."


def collect_money(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Keep the money, promise Odoo the payment, and text the receipt if that is wanted.

    What the stop brings is all the same here.

    ``amount`` of what was said is in the order's currency, as is ``due``: what the phone knew to be
    due, ``None`` where it does not say. An act that was kept comes here again when the office lets
    it count: also more than is due now, which stays the customer's in Odoo, as a credit.

    :raises NotDeliveredYet: the goods are still on the truck.
    :raises DeliveryKept: the office has not decided yet about the delivery.
    :raises NobodyToCharge: Odoo has not said yet who pays, or something was fetched.
    :raises OddAmount: it is not what is due, and nobody says why.
    :raises PriceChanged: it is what was due when the phone read its day.
    """
    del load
    order, amount = order_to_pay(action, stop), said["amount"]
    due = to_collect([stop])[stop.pk]
    reason, seen = said["reason"], said["due"]
    if action.verdict == KEPT:
        reason = reason or (ASKED if seen in (None, due) else PRICE_CHANGED)
    try:
        refuse_odd_amount(order, amount, due, reason, seen)
    except PriceChanged:
        if action.verdict != KEPT:
            raise
    payment = promise_payment(
        order=order,
        amount=amount,
        collected_on=timezone.localdate(action.done_at, business_zone()),
        driver=str(action.by),
        by=action.by,
    )
    collection = Collection.objects.create(
        action=action,
        stop=stop,
        payment=payment,
        method=said["method"],
        check_number=said["number"],
        amount=amount,
        due=due,
        reason=reason,
        collected_at=action.done_at,
    )
    record(by=action.by, what="money collected", target=stop, new={"amount": amount, "due": due})
    touch("money")
    text_receipt(collection, stop.job)


def refuse_odd_amount(
    order: SaleOrder, amount: Decimal, due: Decimal, reason: str, seen: Decimal | None = None
) -> None:
    """Refuse what is not due, unless it was when the phone read that ``seen`` was due.

    :raises OddAmount: more is taken than is due; or less, and nobody says why.
    :raises PriceChanged: so is it, and what was taken was right by what the phone knew.
    """
    symbol = order.currency.symbol if order.currency else ""
    now, taken = money(due, symbol), money(amount, symbol)
    is_odd = amount > due or (amount < due and not reason)
    if is_odd and seen is not None and (amount == seen or due < amount < seen):
        raise PriceChanged(f"{now} is due here now, and {taken} was taken. The office decides.")
    if amount > due:
        raise OddAmount(f"{now} is due here. Type what you were given, {now} at most.")
    if is_odd:
        raise OddAmount(f"{now} is due here. Say why it is less.")


def order_to_pay(action: StopAction, stop: Stop) -> SaleOrder:
    """Return what is paid at a stop where the goods are handed over.

    :raises NobodyToCharge: Odoo has not said yet who pays, or something was fetched.
    :raises NotDeliveredYet: the goods are still on the truck.
    :raises DeliveryKept: the office has not decided yet about the delivery.
    """
    order = stop.job.order
    if order is None:
        raise NobodyToCharge(f"{stop.job.name} is fetched: nobody pays for that.")
    if stop.done_at is None:
        refuse_undelivered(action)
    if order.customer_odoo_id is None or order.currency_odoo_id is None:
        raise NobodyToCharge(
            f"Odoo has not told yet who pays {order.name}. Call the office before you take money."
        )
    return order


def refuse_undelivered(action: StopAction) -> None:
    """Let through only what the office lets count after it has settled the delivery otherwise.

    :raises NotDeliveredYet: the goods are still on the truck.
    :raises DeliveryKept: the driver has handed them over, and the office decides what counts.
    """
    what = StopAction.What.DELIVERED
    kept = StopAction.objects.filter(job=action.job_id, by=action.by_id, what=what, verdict=KEPT)
    if not kept.exists():
        raise NotDeliveredYet("Mark the delivery first, then record the money.")
    if action.verdict != KEPT or kept.filter(decision=None).exists():
        raise DeliveryKept("The delivery is kept for the office, and so is this. It decides.")
