"""What a lead in Odoo is told of calls: those that were taken, and what comes to light later."""

from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.utils import timezone

from crm_intake.models import Attachment, Call, IntakeRules
from crm_intake.selectors.rules import intake_rules
from crm_intake.services.make_lead import make_lead, note_on_lead, open_lead_of
from odoo_bridge.selectors.customers import customers_with
from portal.core.phone import for_people
from portal.setup.selectors.profile import business_zone

Taken = IntakeRules.Taken
LONGEST = 4000  # letters of what was said on a voicemail, or of its summary
TOLD: Mapping[str, str] = {
    "voicemail_url": "Voicemail",
    "voicemail_text": "They said",
    "summary": "Summary",
}


def lead_of_taken_call(call: Call) -> None:
    """Tell the open lead that they talked, or make one, once the call has ended."""
    if call.seconds is None or call.person is None or call.missed or call.person.is_spam:
        return
    if open_lead_of(call.person) is None and not _becomes_a_lead(call):
        return
    who = for_people(call.callee if call.outgoing else call.caller)
    title = f"Call to {who}" if call.outgoing else f"Call from {who}"
    minutes = max(1, round(call.seconds / 60))
    lines = [f"They talked at {when(call)}, {minutes} min.", *all_told(call)]
    make_lead(title=title, text="\n".join(lines), person=call.person, said=call)


def _becomes_a_lead(call: Call) -> bool:
    rule = intake_rules().leads_of_taken_calls
    if call.outgoing or not call.caller or rule == Taken.NONE:
        return False
    return rule == Taken.ALL or not customers_with(phones=[call.caller])


def tell_lead_of_call(call: Call, *, new: Collection[str], files: Sequence[Attachment]) -> None:
    """Add what came to light since the call's lead was told of it.

    :param new: of ``TOLD``.
    :param files: recordings, that stay here: the lead gets links, which want a log-in.
    """
    lines = [*_lines(call, new), *map(_link, files)]
    if lines and call.told_lead is not None:
        about = f"About the call at {when(call)}"
        note_on_lead(call.told_lead, "\n".join([about, *lines]))


def all_told(call: Call) -> list[str]:
    """Return all that is known of what was said, a line each."""
    return [*_lines(call, TOLD), *map(_link, call.attachments.order_by("pk"))]


def when(call: Call) -> str:
    """Return the moment of the call on the business's clock."""
    return f"{timezone.localtime(call.occurred_at, business_zone()):%H:%M on %d %B}"


def _lines(call: Call, names: Collection[str]) -> list[str]:
    return [f"{TOLD[name]}: {value[:LONGEST]}" for name in names if (value := getattr(call, name))]


def _link(file: Attachment) -> str:
    return f"Recording: {settings.PUBLIC_URL}/inbox/files/{file.uuid}/"
