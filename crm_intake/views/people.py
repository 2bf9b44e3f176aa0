"""``/people/<uuid>/``: one person, all that was said, and what the office does about it."""

import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from crm_intake.forms.people import SAID, ConsentForm, NameForm, NoteForm, NumberForm, ReplyForm
from crm_intake.models import Conversation, Person, PhoneNumber
from crm_intake.selectors.answering import latest_answer, saved_replies, who_writes
from crm_intake.selectors.consent import is_stopped
from crm_intake.selectors.people import joined_into, person_shown
from crm_intake.selectors.thread import Place, thread_of
from crm_intake.services.conversation import assign, close_or_open, mark_read, write_note
from crm_intake.services.finish_task import finish_task
from crm_intake.services.judge_person import call_spam, clear_person
from crm_intake.services.record_consent import Evidence, record_consent
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role, User
from portal.core.http import is_whole_page, render_page_or_partial

JUDGEMENTS = {"SPAM": call_spam, "CLEARED": clear_person}
PK = re.compile("[0-9]{1,18}")
MAY_ACT = (Role.OFFICE, Role.ADMIN)
STOPPED = _("They have said stop. A signature takes it back, or START texted from their telephone.")


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def person(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Show the talk; who may answer has read it by that.

    What comes while the page is open, and reads itself anew, is read by nobody yet: the tab may be
    one that nobody looks at.
    """
    if (now := joined_into(person_uuid)) is not None:
        return redirect("people:person", now.uuid)
    talk = talk_with(person_uuid)
    if request.user.role in MAY_ACT and is_whole_page(request):
        mark_read(talk)
    return show(request, talk)


@require_POST
@allow(*MAY_ACT)
def note(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Write something down for the others."""
    talk = talk_with(person_uuid)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, talk, note_form=form)
    write_note(person=talk.person, text=form.cleaned_data["text"], by=request.user)
    return show(request, talk)


@require_POST
@allow(*MAY_ACT)
def consent(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Record what the person said, or signed, about texts."""
    talk = talk_with(person_uuid)
    form = ConsentForm(request.POST, numbers=numbers_of(talk))
    if not form.is_valid():
        return show(request, talk, consent_form=form)
    kind, purpose = SAID[form.cleaned_data["said"]]
    number, action = form.cleaned_data["number"], form.cleaned_data["action"]
    if purpose is not None and action == "spoken" and is_stopped(number, purpose):
        form.add_error("action", STOPPED)
        return show(request, talk, consent_form=form)
    record_consent(
        number=number,
        kind=kind,
        purpose=purpose,
        source="staff",
        action=action,
        evidence=Evidence(wording=form.cleaned_data["wording"]),
        staff=request.user,
    )
    return show(request, talk)


@require_POST
@allow(*MAY_ACT)
def take(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """See to it oneself, or leave it to anybody again."""
    talk = talk_with(person_uuid)
    to: User | None = None if talk.assigned_to_id == request.user.pk else request.user
    return show(request, assign(conversation_id=talk.pk, to=to, by=request.user))


@require_POST
@allow(*MAY_ACT)
def settle(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Note that nothing is left to do, or that something is."""
    talk = talk_with(person_uuid)
    done = Conversation.State.DONE
    state = Conversation.State.OPEN if talk.state == done else done
    return show(request, close_or_open(conversation_id=talk.pk, state=state, by=request.user))


@require_POST
@allow(*MAY_ACT)
def judge(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Say that it is spam, or that it is none."""
    talk = talk_with(person_uuid)
    judgement = JUDGEMENTS.get(request.POST.get("suspicion", ""))
    if judgement is None:
        return HttpResponse(status=400)
    judgement(person_id=talk.person_id, by=request.user)
    return show(request, talk_with(person_uuid))


@require_POST
@allow(*MAY_ACT)
def task_done(request: SignedInRequest, task_id: int) -> HttpResponse:
    """Note that a question was answered."""
    person = get_object_or_404(Person, messages__tasks=task_id)
    finish_task(task_id=task_id, by=request.user)
    return show(request, talk_with(person.uuid))


def show(
    request: SignedInRequest, talk: Conversation, *, status: int | None = None, **forms: Any
) -> HttpResponse:
    """Render the page; 422 with a form that is not right, if nothing else is said."""
    entries, more = thread_of(talk.person, before=_place(request))
    shown = person_shown(talk.person)
    numbers, last = shown.answerable, latest_answer(talk.person)
    heard = next((one.number for one in reversed(entries) if one.number in numbers), None)
    context = {
        "person": talk.person,
        "conversation": talk,
        "entries": entries,
        "more": more,
        "shown": shown,
        "may_act": request.user.role in MAY_ACT,
        "saved": saved_replies(),
        "others": who_writes(talk, besides=request.user),
        "reply_form": ReplyForm(numbers=numbers, to=heard, seen=last.pk if last else 0),
        "note_form": NoteForm(),
        "name_form": NameForm(name=talk.person.name),
        "number_form": NumberForm(),
        "consent_form": ConsentForm(numbers=[one.number for one in shown.numbers]),
        **forms,
    }
    return render_page_or_partial(
        request,
        "crm_intake/person.html",
        "crm_intake/_person.html",
        context,
        status=status or (422 if forms else 200),
    )


def _place(request: SignedInRequest) -> Place | None:
    """Return the place before which the talk is asked for, or nothing of what is none."""
    try:
        moment = parse_datetime(request.GET.get("before", ""))
    except ValueError:  # of the right shape, but on no calendar
        return None
    if moment is None or moment.tzinfo is None:
        return None
    kind, _dash, pk = request.GET.get("key", "").partition("-")
    return Place(moment, kind, int(pk)) if PK.fullmatch(pk) else Place(moment)


def numbers_of(talk: Conversation) -> list[str]:
    """Return the person's numbers, in the order in which they became known."""
    numbers = PhoneNumber.objects.filter(person=talk.person_id).order_by("pk")
    return list(numbers.values_list("number", flat=True))


def talk_with(person_uuid: uuid.UUID) -> Conversation:
    """Return the conversation with a person; somebody who has said nothing yet gets one.

    :raises Http404: there is no such person.
    """
    talks = Conversation.objects.select_related("person", "assigned_to")
    found = talks.filter(person__uuid=person_uuid).first()
    if found is None:
        person = get_object_or_404(Person, uuid=person_uuid)
        Conversation.objects.get_or_create(person=person, defaults={"last_at": timezone.now()})
        found = talks.get(person=person)
    return found
