"""The day on the board, or its week: made once for all who look, until something changes."""

from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.accounts.access import SignedInRequest
from portal.core.kept_parts import kept_part
from scheduling.templatetags.cards import TOKEN
from scheduling.views.made_day import TOPICS, VIEWS, AskedDay


def day_part(request: SignedInRequest, page: dict[str, Any]) -> SafeString:
    """Return the element ``#day``; ``page`` is what the page around it says.

    What belongs to one person alone is put in afterwards.
    """
    asked = AskedDay(page["here"], str(page["today"]), page["may_plan"])
    html = kept_part(asked.name, TOPICS, asked.made)
    views = render_to_string("scheduling/_pool_views.html", page, request)
    return SafeString(html.replace(VIEWS, views).replace(TOKEN, get_token(request)))
