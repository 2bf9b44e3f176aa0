"""Figures as people read them."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.dateformat import format as as_written

register = template.Library()


@register.filter
def money(amount: Decimal, symbol: str = "") -> str:
    """Return ``$ 1,180.00``; a no-break space keeps the two together."""
    return f"{symbol}\u00a0{amount:,.2f}" if symbol else f"{amount:,.2f}"


@register.filter
def quantity(number: Decimal) -> str:
    """Return a quantity without the zeros that say nothing: ``2``, ``0.5``, ``1,200``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def age(moment: dt.datetime | None, now: dt.datetime) -> str:
    """Return how long ago that was: ``12 s``, ``4 min``, ``3 h``, ``2 d``; empty for never."""
    if moment is None:
        return ""
    seconds = max(int((now - moment).total_seconds()), 0)
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length}\u00a0{unit}"
    return f"{seconds}\u00a0s"


@register.filter
def span(minutes: int) -> str:
    """Return ``45 min`` or ``12 h 17 min``."""
    hours, left = divmod(minutes, 60)
    return f"{hours}\u00a0h {left}\u00a0min" if hours else f"{left}\u00a0min"


@register.filter
def clock(at: dt.datetime | None, day: dt.date) -> str:
    """Return ``12:00``, on the page's clock; with the day where it is not that one."""
    if at is None:
        return ""
    there = timezone.localtime(at)
    return as_written(there, "H:i" if there.date() == day else "j M H:i")


@register.filter
def moment(at: dt.datetime) -> str:
    """Return ``23 Nov 12:00``, on the page's clock; with the year where it is not this one.

    Views call it, too: what they have is as the database gives it, by no clock of anybody's.
    """
    there, this_year = timezone.localtime(at), timezone.localtime().year
    return as_written(there, "j M H:i" if there.year == this_year else "j M Y H:i")
