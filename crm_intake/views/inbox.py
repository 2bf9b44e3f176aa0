"""``/inbox/``: who is talked with, the latest first; and what came from nobody."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from crm_intake.selectors.conversations import Show, conversations
from crm_intake.selectors.missed import waiting_since
from crm_intake.selectors.nameless import nameless, texts_of_nobody
from crm_intake.selectors.talk_needs import talk_needs
from crm_intake.services.finish_nameless import finish_nameless
from crm_intake.views.people import MAY_ACT
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
    of_nobody, more_of_nobody = texts_of_nobody(show=show, words=words)
    context = {
        "rows": rows,
        "is_cut": is_cut,
        "nameless": of_nobody,
        "nameless_is_cut": more_of_nobody,
        "may_act": request.user.role in MAY_ACT,
        "needs": talk_needs(waiting),
        "show": show,
        "shows": list(Show),
        "words": words,
    }
    return render_page_or_partial(
        request, "crm_intake/inbox.html", "crm_intake/_inbox.html", context
    )


@require_POST
@allow(*MAY_ACT)
def text_done(request: SignedInRequest, message_id: int) -> HttpResponse:
    """Note that a text of nobody was seen to; it goes from the list."""
    message = get_object_or_404(nameless(), pk=message_id)
    finish_nameless(message_id=message.pk, by=request.user)
    return HttpResponse() if request.htmx else redirect("crm_intake:inbox")
