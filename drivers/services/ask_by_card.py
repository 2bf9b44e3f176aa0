"""A customer wants to pay by card: Odoo makes the page, and its address is texted."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.services.send_text import send_text
from drivers.errors import NotTexted
from drivers.models import CardLink, StopAction
from drivers.selectors.lost_links import IS_LOST, NEVER_CAME
from drivers.services.collect_money import order_to_pay, refuse_odd_amount
from odoo_bridge.selectors.money import amounts_to_collect
from odoo_bridge.services.promise_payment_link import promise_payment_link
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_profile
from scheduling.models import Stop
from scheduling.selectors.collect import to_collect
from scheduling.selectors.notices import number_to_tell

LINK_MAY_WAIT = dt.timedelta(days=1)
BY_CARD = "by card"  # why nothing, or less, was taken now
NO_NUMBER = "There is no number any more that can get texts."


def ask_by_card(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Promise Odoo that its page for ``amount`` is asked for; ``text_card_links`` tells of it.

    No money is taken here: what is paid there is in Odoo by itself.

    :raises NotDeliveredYet: the goods are still on the truck.
    :raises DeliveryKept: the office has not decided yet about the delivery.
    :raises NobodyToCharge: Odoo has not said yet who pays, or something was fetched.
    :raises OddAmount: it is more than what is due.
    :raises NotTexted: nobody could be told of the page, or it was asked for and is not lost.
    """
    del load
    order, amount = order_to_pay(action, stop), said["amount"]
    refuse_odd_amount(order, amount, to_collect([stop])[stop.pk], BY_CARD)
    asked = CardLink.objects.filter(stop=stop, link__amount=amount)
    if asked.exclude(IS_LOST).exists():
        raise NotTexted("The link for this amount was asked for already. Call the office.")
    if not number_to_tell(stop.job):
        raise NotTexted("There is no number here that can get texts. Take cash or a check.")
    link = promise_payment_link(order=order, amount=amount, by=action.by)
    CardLink.objects.create(action=action, stop=stop, link=link)


def text_card_links() -> int:
    """Text the customers whose page Odoo has made, once; return how many were seen to.

    Who has paid otherwise meanwhile is told nothing. What the gate refuses is kept with its reason.
    """
    ready = CardLink.objects.filter(texted_at=None).exclude(link__url="")
    return sum(_text(pk) for pk in ready.order_by("pk").values_list("pk", flat=True))


@begins_anew
def _text(pk: int) -> int:
    locked = CardLink.objects.select_for_update(of=("self",), no_key=True)
    row = locked.select_related("link__order__currency", "action__job", "action__by").get(pk=pk)
    if row.texted_at is not None:
        return 0
    if _is_open(row):
        _send(row)
    row.texted_at = timezone.now()
    row.save(update_fields=["text", "why", "texted_at"])
    return 1


def _send(row: CardLink) -> None:
    """Text it, or say why not: then the office and the driver are told."""
    number = number_to_tell(row.action.job) if row.action.job else ""
    if not number:
        row.why = NO_NUMBER
    else:
        row.text = send_text(
            number=number,
            text=_words(row),
            purpose=Purpose.DELIVERY,
            by=None,  # it goes by itself, perhaps long after the driver has left
            not_after=row.action.done_at + LINK_MAY_WAIT,
        )
    if row.text is None or row.text.state in NEVER_CAME:
        touch("drives")


def _is_open(row: CardLink) -> bool:
    """Say whether so much is still to be paid."""
    order = row.link.order_id
    return amounts_to_collect([order])[order] >= row.link.amount


def _words(row: CardLink) -> str:
    order = row.link.order
    amount = money(row.link.amount, order.currency.symbol if order.currency else "")
    business = business_profile().name
    return f"{business}: pay {amount} for {order.name} by card here: {row.link.url}"
