"""The drivers' tasks. They carry no data and find their own work in the database."""

import datetime as dt
from typing import Any

from celery import shared_task
from django.utils import timezone

from drivers.selectors.rules import driver_rules
from drivers.services.ask_by_card import text_card_links
from drivers.services.keep_positions import forget_positions
from portal.setup.selectors.profile import business_zone
from scheduling.services.tell_evening import tell_evening

ONE_DAY = dt.timedelta(days=1)
LAST = dt.time(21)  # later no text about a delivery may go: 47 CFR 64.1200(c)(1)


@shared_task(ignore_result=True)
def tell_the_evening(**_: Any) -> None:
    """Tell the customers of tomorrow when we come, if the business wants it and it is evening.

    Safe at any time: each is told once.
    """
    from_when, now = driver_rules().evening_text_at, timezone.now().astimezone(business_zone())
    if from_when is None or not from_when <= now.time() < LAST:
        return
    with timezone.override(business_zone()):
        until = dt.datetime.combine(now.date(), LAST, business_zone())
        tell_evening(day=now.date() + ONE_DAY, not_after=until)


@shared_task(ignore_result=True)
def text_links(**_: Any) -> None:
    """Text the links to pay by card that Odoo has made since. Safe at any time."""
    text_card_links()


@shared_task(ignore_result=True)
def forget_old_positions(**_: Any) -> None:
    """Delete where trucks were, once it is older than the business keeps it. Safe at any time."""
    forget_positions()
