"""Something was told of a call."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from crm_intake.events import CallNews, MediaLink
from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import Call, Person, WebhookDelivery
from crm_intake.services.answer_missed_call import answer_missed_call
from crm_intake.services.make_lead import make_lead
from crm_intake.services.note_attachments import note_attachments
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.services.tell_of_call import (
    TOLD,
    all_told,
    lead_of_taken_call,
    tell_lead_of_call,
    when,
)
from portal.core.phone import for_people, to_e164

NAMES_ITS_CALLER_WITHIN = dt.timedelta(seconds=60)
LONGEST_LINK = 500  # a signed one may be longer; the file itself is kept in any case
# What was told first stands: the news come in any order, and more than once.
FIRST_STANDS = (
    "answered_at",
    "seconds",
    "voicemail_text",
    "summary",
    "transcript",
)


def keep_call(*, delivery: WebhookDelivery, event: CallNews, occurred_at: dt.datetime) -> None:
    """Add what is new to the call, in the caller's transaction, and let its lead have it.

    Quo tells of a missed call twice: at once without the caller, and with the caller when the
    call has ended. The lead waits for the caller, for a while.
    """
    call, _made = Call.objects.select_for_update().get_or_create(
        provider=delivery.provider,
        event_key=event.key,
        defaults={"delivery": delivery, "occurred_at": occurred_at},
    )
    had = {name: getattr(call, name) for name in (*TOLD, "seconds")}
    call.outgoing = call.outgoing or event.outgoing
    call.caller = call.caller or _named(event.caller)
    call.callee = call.callee or _named(event.callee)
    for name in FIRST_STANDS:
        if getattr(call, name) in {None, ""}:
            setattr(call, name, getattr(event, name))
    if len(event.voicemail_url) <= LONGEST_LINK:
        call.voicemail_url = call.voicemail_url or event.voicemail_url
    call.missed = (call.missed or event.missed) and not call.outgoing
    outside = call.callee if call.outgoing else call.caller
    call.person = call.person or person_of(to_e164(outside, country=settings.BUSINESS_COUNTRY))
    call.save()
    voicemail = [MediaLink(event.voicemail_url)] if event.voicemail_url else []
    files = note_attachments([*event.recordings, *voicemail], call=call)
    new = [name for name in TOLD if getattr(call, name) and not had[name]]
    if call.told_lead_id:
        tell_lead_of_call(call, new=new, files=files)
    elif call.caller and call.missed:
        lead_of_missed_call(call)
    else:
        lead_of_taken_call(call)
    if had["seconds"] is None and call.seconds is not None and not call.missed:
        note_talk(call.person, _("Call"), ours=True)


def _named(who: str) -> str:
    return to_e164(who, country=settings.BUSINESS_COUNTRY) or who


def lead_of_missed_call(call: Call) -> None:
    """Make the lead of a call that nobody took, once."""
    is_spam = call.person is not None and call.person.suspicion == Person.Suspicion.SPAM
    if not call.missed or call.told_lead_id or is_spam:
        return
    who = for_people(call.caller) or "an unknown number"
    text = "\n".join([f"Missed call at {when(call)}.", *all_told(call)])
    make_lead(title=f"Missed call from {who}", text=text, person=call.person, said=call)
    answer_missed_call(call)
    note_talk(call.person, _("Missed call"), ours=False)


@transaction.atomic
def give_up_waiting_for_callers(now: dt.datetime) -> int:
    """Make leads of missed calls whose caller was never named; return how many."""
    nameless = Call.objects.select_for_update(of=("self",), skip_locked=True).filter(
        missed=True,
        caller="",
        told_lead__isnull=True,
        created_at__lt=now - NAMES_ITS_CALLER_WITHIN,
    )
    calls = list(nameless.exclude(provider=IMPORTED))
    for call in calls:
        lead_of_missed_call(call)
    return len(calls)
