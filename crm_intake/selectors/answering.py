"""Who else is answering, and what may be put into an answer."""

import datetime as dt

from django.utils import timezone

from crm_intake.models import Conversation, OutgoingText, Person, SavedReply, Writing
from odoo_bridge.models import SaleOrder
from odoo_bridge.selectors.customers import customers_with
from portal.accounts.models import User
from portal.setup.selectors.profile import business_profile

STILL_WRITING = dt.timedelta(seconds=30)
JUST_NOW = dt.timedelta(minutes=30)


def who_writes(talk: Conversation, *, besides: User) -> list[str]:
    """Return the names of the others who are writing to the person; one query."""
    since = timezone.now() - STILL_WRITING
    others = Writing.objects.filter(conversation=talk, at__gt=since).exclude(user=besides)
    return list(others.order_by("at").values_list("user__name", flat=True))


def latest_answer(person: Person) -> OutgoingText | None:
    """Return the last text that somebody of the office wrote to the person; one query."""
    texts = OutgoingText.objects.filter(person=person, wanted_by__isnull=False)
    return texts.select_related("wanted_by").order_by("-pk").first()


def answered_meanwhile(person: Person, *, seen: int, by: User) -> OutgoingText | None:
    """Return the answer of somebody else that the person who answers has not seen."""
    last = latest_answer(person)
    if last is None or last.pk <= seen or last.wanted_by_id == by.pk:
        return None
    return last if last.created_at > timezone.now() - JUST_NOW else None


def saved_replies() -> list[SavedReply]:
    """Return them by their titles."""
    return list(SavedReply.objects.order_by("title"))


def values_for(person: Person, *, by: User) -> dict[str, str]:
    """Return what the placeholders stand for; empty where nothing is known. Four queries."""
    numbers = list(person.numbers.values_list("number", flat=True))
    customers = customers_with(phones=numbers)
    known = customers if len(customers) == 1 else []  # of two nobody knows which one writes
    name = person.name or (known[0].shown_name if known else "")
    orders = SaleOrder.objects.filter(customer__in=known, deleted_at=None)
    latest = orders.order_by("-odoo_id").values_list("name", flat=True).first()
    return {
        "first_name": name.split()[0] if name else "",
        "name": name,
        "order": latest or "",
        "business": business_profile().name,
        "me": by.name,
    }
