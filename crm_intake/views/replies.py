"""``/inbox/replies/``: words for answers that are given often."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm_intake.errors import TitleTaken
from crm_intake.forms.people import SavedReplyForm
from crm_intake.selectors.answering import saved_replies
from crm_intake.services.keep_reply import forget_reply, keep_reply
from crm_intake.views.people import MAY_ACT
from crm_intake.wording.placeholders import KNOWN
from portal.accounts.access import SignedInRequest, allow


@require_GET
@allow(*MAY_ACT)
def replies(request: SignedInRequest) -> HttpResponse:
    """List them, each in a form of its own."""
    return show(request)


@require_POST
@allow(*MAY_ACT)
def keep(request: SignedInRequest) -> HttpResponse:
    """Keep a new one, or change one."""
    form = SavedReplyForm(request.POST)
    if form.is_valid():
        try:
            keep_reply(**form.cleaned_data, by=request.user)
        except TitleTaken as refusal:
            form.add_error("title", str(refusal))
    if form.errors:
        return show(request, refused=form)
    messages.success(request, _("Saved."))
    return redirect("crm_intake:replies")


@require_POST
@allow(*MAY_ACT)
def forget(request: SignedInRequest, reply_id: int) -> HttpResponse:
    """Take one away."""
    forget_reply(reply_id=reply_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("crm_intake:replies")


def show(request: SignedInRequest, *, refused: SavedReplyForm | None = None) -> HttpResponse:
    """Render the page: 422 with the form that was refused in its place."""
    about = refused.cleaned_data.get("reply_id") if refused else None
    kept = [
        (one, refused if refused and one.pk == about else SavedReplyForm.of(one))
        for one in saved_replies()
    ]
    in_place = refused is not None and any(form is refused for _one, form in kept)
    context: dict[str, Any] = {
        "kept": kept,
        "new_form": SavedReplyForm() if refused is None or in_place else refused,
        "refused": refused,
        "placeholders": KNOWN,
    }
    return render(request, "crm_intake/replies.html", context, status=422 if refused else 200)
