"""What the gate must know, out of the database."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from crm_intake.gate.facts import Before, Facts, line_of
from crm_intake.hours.readers import reader_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Call, Message, OutgoingText, PhoneNumber
from crm_intake.selectors.consent import standings_of
from odoo_bridge.models import Partner
from odoo_bridge.selectors.customers import customers_with
from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_profile

A_DAY = dt.timedelta(hours=24)
Heard = tuple[bool, dt.datetime | None]


def facts_of(number: str, *, at: dt.datetime, but: OutgoingText | None = None) -> Facts:
    """Return the facts of a text to an E.164 number; ``but`` is that text, if it is kept already.

    Who is known in Odoo under the number is a customer; the address there names the state.
    """
    known = facts_of_numbers([number], customers=customers_with(phones=[number]))
    return replace(known[number], before=_before(number, at, but))


def facts_of_numbers(numbers: Sequence[str], *, customers: Sequence[Partner]) -> dict[str, Facts]:
    """Return all of them but what went before, for each E.164 number; six queries.

    :param customers: who is known in Odoo under any of the numbers.
    """
    profile, standings, heard = business_profile(), standings_of(numbers), _heard(numbers)
    by_number: defaultdict[str | None, list[Partner]] = defaultdict(list)
    for one in customers:
        by_number[to_e164(one.phone, country=profile.country)].append(one)
    found = {}
    for number in numbers:
        is_landline, wrote_at = heard.get(number, (False, None))
        states = {one.state.code for one in by_number[number] if one.state}
        found[number] = Facts(
            line=line_of(number, country=profile.country),
            standing=standings[number],
            reader=reader_of(
                number=number,
                state=states.pop() if len(states) == 1 else "",
                business=ZoneInfo(profile.time_zone),
            ),
            wrote_at=wrote_at,
            is_customer=bool(by_number[number]),
            is_landline=is_landline,
        )
    return found


def _heard(numbers: Sequence[str]) -> dict[str, Heard]:
    """Return of each known number whether it is a landline, and when it last wrote or called.

    By our clock; one query, which looks at the last text and the last call of each alone.
    """
    texts = Message.objects.filter(sender=OuterRef("number"), direction=Message.Direction.IN)
    calls = Call.objects.filter(caller=OuterRef("number"), outgoing=False)
    latest = [
        Subquery(one.order_by("-occurred_at").values("occurred_at")[:1]) for one in (texts, calls)
    ]
    known = PhoneNumber.objects.filter(number__in=numbers)
    return {
        number: (is_landline, max(filter(None, moments), default=None))
        for number, is_landline, *moments in known.values_list("number", "is_landline", *latest)
    }


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
