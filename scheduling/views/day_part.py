"""The day on the board, or its week: made once for all who look, until something changes."""

from functools import partial
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.accounts.access import SignedInRequest
from portal.core.kept_parts import kept_part
from scheduling.selectors.board import board_of
from scheduling.selectors.late import late_days
from scheduling.selectors.week import week_of
from scheduling.templatetags.cards import HERE, TOKEN

# What a day shows: its own, orders with their goods and customers, promises, money, and the fleet.
TOPICS = frozenset({"board", "orders", "sync", "money", "fleet"})


def day_part(request: SignedInRequest, page: dict[str, Any]) -> SafeString:
    """Return the element ``#day``; ``page`` is what the page around it says.

    What belongs to one person alone is part of its name, or put in afterwards.
    """
    views = [(view.pk, view.name, view.query) for view in page["pool_views"]]
    name = ("day", page["here"], page["today"], page["may_plan"], views, get_language())
    html = kept_part(name, TOPICS, partial(_made, page))
    own = html.replace(TOKEN, get_token(request)).replace(HERE, escape(page["here"]))
    return SafeString(own)


def _made(page: dict[str, Any]) -> str:
    day, today, pool = page["day"], page["today"], page["pool_form"]
    late = late_days(today=today) if day == today else []
    show = week_of if page["week"] else board_of
    shown = show(day=day, wanted=pool.filter, most=pool.shown)
    found = {"board": shown, "late": late, "late_number": sum(len(one.stops) for one in late)}
    week = {"week": shown} if page["week"] else {}
    context = {**page, **found, **week, "csrf_token": TOKEN, "topics": sorted(TOPICS)}
    return render_to_string("scheduling/_day.html", context)
