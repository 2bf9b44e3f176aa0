"""The one door for texts to people."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from crm_intake.errors import NotANumber
from crm_intake.gate.decision import Decision, Verdict
from crm_intake.gate.judge import can_send
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText
from crm_intake.selectors.facts import facts_of
from crm_intake.services.note_talk import note_talk
from crm_intake.services.person_of import person_of
from crm_intake.wording.codes import without_code
from crm_intake.wording.segments import as_sent, segments_of
from portal.accounts.models import User
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.jobs import wake
from portal.core.phone import to_e164

SEND = "crm_intake.tasks.send_texts"
State = OutgoingText.State
STATES = {
    Verdict.ALLOW: State.QUEUED,
    Verdict.HOLD: State.HELD,
    Verdict.REFUSE: State.REFUSED,
}


@begins_anew
def send_text(  # noqa: PLR0913 - each is named where it is called
    *,
    number: str,
    text: str,
    purpose: Purpose,
    by: User | None,
    not_after: dt.datetime | None = None,
    to_missed_call: bool = False,
    category: str = "",
    asks: bool = False,
) -> OutgoingText:
    """Queue a text, hold it, or keep it as refused, with the rule that says so.

    It is asked again at the moment of sending: a stop in between counts. Of a code nobody here
    sees the digits, and they are gone when it has gone out.

    :param not_after: when it would say nothing any more; it is refused then.
    :param to_missed_call: it goes by itself to somebody whose call nobody took.
    :param category: which texts of the purpose it is one of; consent may be to these alone.
    :param asks: it asks for a yes, which becomes one of its ``answers``.

    :raises NotANumber: nothing could be sent there.
    """
    to = to_e164(number, country=settings.BUSINESS_COUNTRY)
    if to is None:
        raise NotANumber("This is no telephone number. Write it with its area code.")
    words, now = as_sent(text), timezone.now()
    facts = facts_of(to, at=now)
    decision = can_send(facts, purpose=purpose, text=words, at=now, category=category)
    decision = decision.unless_later_than(not_after)
    shown = without_code(words, host=settings.PUBLIC_HOST) if purpose is Purpose.CODE else words
    kept = OutgoingText.objects.create(
        number=to,
        person=person_of(to),
        text=shown,
        secret=words if shown != words and decision.verdict is not Verdict.REFUSE else "",
        segments=segments_of(words),
        purpose=purpose,
        category=category,
        wanted_by=by,
        **values_of(decision),
        not_after=not_after,
        to_missed_call=to_missed_call,
        asks=asks,
        settled_at=now if decision.verdict is Verdict.REFUSE else None,
    )
    if by is not None and decision.verdict is not Verdict.REFUSE:
        note_talk(kept.person, words, ours=True)
    touch("inbox")
    if decision.verdict is Verdict.ALLOW:
        wake(SEND)
    return kept


def values_of(decision: Decision) -> dict[str, object]:
    """Return what a decision means for a new text."""
    return {
        "state": STATES[decision.verdict],
        "rule": decision.rule,
        "not_before": decision.until,
    }
