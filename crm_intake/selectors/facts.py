"""What the gate must know, out of the database."""

import datetime as dt

from crm_intake.gate.facts import Before, Facts, line_of
from crm_intake.hours.readers import reader_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Call, Message, OutgoingText, PhoneNumber
from crm_intake.selectors.consent import standing_of
from odoo_bridge.selectors.customers import customers_with
from portal.setup.selectors.profile import business_profile, business_zone

A_DAY = dt.timedelta(hours=24)


def facts_of(number: str, *, at: dt.datetime, but: OutgoingText | None = None) -> Facts:
    """Return the facts of a text to an E.164 number; ``but`` is that text, if it is kept already.

    Who is known in Odoo under the number is a customer; the address there names the state.
    """
    customers = customers_with(phones=[number])
    states = {one.state.code for one in customers if one.state}
    return Facts(
        line=line_of(number, country=business_profile().country),
        standing=standing_of(number),
        reader=reader_of(
            number=number,
            state=states.pop() if len(states) == 1 else "",
            business=business_zone(),
        ),
        wrote_at=_last_heard(number),
        is_customer=bool(customers),
        is_landline=PhoneNumber.objects.filter(number=number, is_landline=True).exists(),
        before=_before(number, at, but),
    )


def _last_heard(number: str) -> dt.datetime | None:
    """Return when they last wrote or called; by our clock."""
    texts = Message.objects.filter(sender=number, direction=Message.Direction.IN)
    heard = [texts.order_by("-occurred_at").values_list("occurred_at", flat=True).first()]
    calls = Call.objects.filter(caller=number, outgoing=False)
    heard.append(calls.order_by("-occurred_at").values_list("occurred_at", flat=True).first())
    return max(filter(None, heard), default=None)


def _before(number: str, at: dt.datetime, but: OutgoingText | None) -> list[Before]:
    others = OutgoingText.objects.filter(
        number=number, state__in=OutgoingText.ON_ITS_WAY, created_at__gt=at - A_DAY * 2
    )
    if but is not None:
        others = others.filter(pk__lt=but.pk)
    return [
        Before(moment, Purpose(one.purpose), one.text)
        for one in others
        if (moment := one.handed_over_at or one.not_before or one.created_at) > at - A_DAY
    ]
