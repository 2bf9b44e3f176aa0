"""What goes into an answer: one's own words, kept ones, and a look at who else is writing."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm_intake.forms.people import ReplyForm
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Conversation, SavedReply
from crm_intake.selectors.answering import answered_meanwhile, values_for
from crm_intake.services.conversation import mark_read
from crm_intake.services.note_writing import note_writing, stop_writing
from crm_intake.services.send_text import send_text
from crm_intake.views.people import MAY_ACT, numbers_of, show, talk_with
from crm_intake.wording.placeholders import filled
from portal.accounts.access import SignedInRequest, allow


@require_POST
@allow(*MAY_ACT)
def reply(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Send a text to one of the person's numbers, or show why it is held or refused."""
    talk = talk_with(person_uuid)
    form = ReplyForm(request.POST, numbers=numbers_of(talk))
    if not form.is_valid() or not _is_the_first(request, talk, form):
        return show(request, talk, reply_form=form)
    values = {name: form.cleaned_data[name] for name in ("number", "text")}
    send_text(**values, purpose=Purpose.REPLY, by=request.user)
    mark_read(talk)
    stop_writing(talk=talk, by=request.user)
    return show(request, talk)


@require_POST
@allow(*MAY_ACT)
def insert(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Put kept words after those that are written already."""
    talk = talk_with(person_uuid)
    asked = request.POST.get("saved", "")
    saved = get_object_or_404(SavedReply, pk=asked if asked.isdecimal() else None)
    values = values_for(talk.person, by=request.user)
    written = request.POST.get("text", "").strip()
    text = "\n".join(filter(None, [written, filled(saved.text, values)]))
    form = ReplyForm(numbers=numbers_of(talk), text=text, seen=request.POST.get("seen"))
    if not request.htmx:
        return show(request, talk, reply_form=form, status=200)
    return render(
        request, "crm_intake/_reply_text.html", {"reply_form": form, "person": talk.person}
    )


@require_POST
@allow(*MAY_ACT)
def writing(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Note that somebody is writing an answer."""
    note_writing(talk=talk_with(person_uuid), by=request.user)
    return HttpResponse(status=204)


def _is_the_first(request: SignedInRequest, talk: Conversation, form: ReplyForm) -> bool:
    """Refuse an answer beside one that the person who answers cannot have read."""
    seen = form.cleaned_data["seen"] or 0
    other = answered_meanwhile(talk.person, seen=seen, by=request.user)
    if other is None or other.wanted_by is None:
        return True
    at = timezone.localtime(other.created_at)
    words = _("%(name)s has answered at %(time)s. Read it, and send yours if it is still needed.")
    form.add_error(None, words % {"name": other.wanted_by.name, "time": f"{at:%H:%M}"})
    form.let_see(other.pk)
    return False
