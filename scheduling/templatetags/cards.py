"""Cards of the board. A card that says what one said before is not drawn again."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from scheduling.selectors.board import StopCard
from scheduling.selectors.jobs import JobCard
from scheduling.selectors.shown_card import ShownCard, shown_card

register = template.Library()
MOST = 20_000  # about two kilobytes each


def placeholder(what: str) -> str:
    """Return what stands where a page puts its own.

    The same in all processes; nobody can write it into a name or an address.
    """
    return salted_hmac("scheduling.placeholder", what, algorithm="sha256").hexdigest()


TOKEN, HERE = placeholder("token"), placeholder("here")


@register.simple_tag(takes_context=True)
def card(context: template.Context, card: JobCard, stop: StopCard | None = None) -> str:
    """Draw a card, of those to schedule or of a stop of the context's ``lane``.

    ``TOKEN`` and ``HERE`` stand in it for what is another's on each page.
    """
    shown = shown_card(card, stop=stop, lane=context.get("lane") if stop else None)
    return _drawn(shown, context["may_plan"], get_current_timezone_name(), get_language())


@lru_cache(MOST)
def _drawn(card: ShownCard, may_plan: bool, _zone: str, _language: str) -> SafeString:
    about: dict[str, Any] = {"card": card, "stop": card.stop, "may_plan": may_plan}
    page = {"here": SafeString(HERE), "csrf_token": TOKEN}
    return render_to_string("scheduling/_card.html", {**about, **page})
