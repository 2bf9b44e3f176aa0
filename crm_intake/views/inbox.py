"""``/inbox/``: who is talked with, the latest first."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm_intake.selectors.conversations import (
    Show,
    conversations,
    texts_of_nobody,
)
from crm_intake.selectors.missed import waiting_since
from crm_intake.selectors.talk_needs import talk_needs
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial

LONGEST_SEARCH = 200


@require_GET
@allow(Role.OFFICE, Role.DIRECTOR, Role.ADMIN)
def inbox(request: SignedInRequest) -> HttpResponse:
    """List conversations; new texts appear by themselves."""
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    waiting = waiting_since()
    rows, is_cut = conversations(show=show, words=words, user=request.user, waiting=waiting)
    context = {
        "rows": rows,
        "is_cut": is_cut,
        "nameless": texts_of_nobody() if show is Show.OPEN and not words else [],
        "needs": talk_needs(waiting),
        "show": show,
        "shows": list(Show),
        "words": words,
    }
    return render_page_or_partial(
        request, "crm_intake/inbox.html", "crm_intake/_inbox.html", context
    )
