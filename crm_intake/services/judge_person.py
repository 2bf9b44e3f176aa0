"""The office says whether somebody is spam."""

from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import Conversation, Message, Person
from crm_intake.services.make_lead import lead_of_texts, open_lead_of
from crm_intake.wording import read
from odoo_bridge.commands import CloseLead
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew

REASON = "Spam"
MOST = 20  # latest texts that become leads when it turns out that they were none
Suspicion = Person.Suspicion


@begins_anew
def call_spam(*, person_id: int, by: User) -> None:
    """Make no leads of what comes from there any more, and close the open one as lost."""
    person = _judge(person_id, Suspicion.SPAM, by)
    lead = open_lead_of(person)
    if lead is not None:
        enqueue(CloseLead(lead_uuid=lead.record.uuid, won=False, reason=REASON), by=by)
    talk = Conversation.objects.filter(person=person)
    talk.update(state=Conversation.State.DONE, unread=0)
    touch("leads")


@begins_anew
def clear_person(*, person_id: int, by: User) -> None:
    """Never suspect them again, and let what they wrote be the lead that was not made."""
    person = _judge(person_id, Suspicion.CLEARED, by)
    texts = person.messages.filter(direction=Message.Direction.IN, told_lead=None, is_stop=False)
    latest = texts.exclude(provider=IMPORTED).order_by("-occurred_at", "-pk")[:MOST]
    of_a_lead = [message for message in reversed(latest) if read(message.text).said is None]
    if of_a_lead:
        lead = lead_of_texts(of_a_lead)
        texts.filter(pk__in=[message.pk for message in of_a_lead]).update(told_lead=lead)
    Conversation.objects.filter(person=person).update(state=Conversation.State.OPEN)
    touch("leads")


def _judge(person_id: int, suspicion: Suspicion, by: User) -> Person:
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    old = {"suspicion": person.suspicion}
    person.suspicion = suspicion
    person.save(update_fields=["suspicion"])
    record(by=by, what="person judged", target=person, old=old, new={"suspicion": suspicion})
    touch("inbox")
    return person
