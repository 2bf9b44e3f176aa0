"""Two people who are one have one open lead: the younger ends, and the older has its words."""

from collections.abc import Collection

from crm_intake.models import Call, Lead, Message, Person
from crm_intake.services.make_lead import LONGEST, note_on_lead, open_leads_of
from crm_intake.services.work_lead import close_lead
from odoo_bridge.models import LeadRecord
from portal.accounts.models import User

REASON = "The same person has an older lead"


def join_leads(people: Collection[Person], *, by: User) -> None:
    """Note what the younger open lead has on the older one, and promise that it is lost.

    In the caller's transaction, with the people locked. Each lead's stream keeps its order: one
    that Odoo does not have yet is made first, and noted on or closed then.
    """
    # Whoever closes one of them on its page waits: none ends between the look and the promise.
    theirs = LeadRecord.objects.filter(lead__person__in=people).order_by("pk")
    list(theirs.select_for_update(no_key=True, of=("self",)))
    latest = {lead.person_id: lead for lead in reversed(open_leads_of(people))}
    if len(latest) < len(people):
        return
    older, younger = sorted(latest.values(), key=lambda lead: lead.pk)
    note_on_lead(older, _words_of(younger))
    # What comes to light later, a call's summary say, is for the lead that goes on.
    for kind in (Message, Call):
        kind.objects.filter(told_lead=younger).update(told_lead=older)
    close_lead(key=younger.record.uuid, won=False, reason=REASON, by=by)


def _words_of(lead: Lead) -> str:
    said = Message.objects.filter(told_lead=lead).order_by("occurred_at", "pk")
    number = f", {lead.record.odoo_id} in Odoo," if lead.record.odoo_id else ""
    about = f"It is the same person as of “{lead.record.name}”{number} which ends by that."
    words = "\n".join([about, *said.values_list("text", flat=True)])
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} … (cut)"
