"""One polite text to somebody whose call nobody took."""

import datetime as dt

from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Call, OutgoingText
from crm_intake.selectors.rules import intake_rules
from crm_intake.services.send_text import send_text
from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.customers import customers_with

FRESH = dt.timedelta(minutes=15)
WINDOW = dt.timedelta(hours=24)


def answer_missed_call(call: Call) -> OutgoingText | None:
    """Send it, in the caller's transaction, where the business has chosen one and the gate allows.

    None goes to a supplier, after a call of long ago, or twice within a day, in whatever
    words.
    """
    words, now = intake_rules().missed_call_text, timezone.now()
    if not words or call.person is None or now - call.occurred_at > FRESH:
        return None
    if _is_of_a_supplier(call.caller):
        return None
    sent = OutgoingText.objects.filter(
        number=call.caller, to_missed_call=True, created_at__gt=now - WINDOW
    )
    if sent.exists():
        return None
    return send_text(
        number=call.caller,
        text=words,
        purpose=Purpose.DELIVERY,
        by=None,
        not_after=now + FRESH,
        to_missed_call=True,
    )


def _is_of_a_supplier(number: str) -> bool:
    """Whether we have ordered from who has the number, or from the company of this contact."""
    known = customers_with(phones=[number])
    whose = {one.pk for one in known} | {one.parent_id for one in known if one.parent_id}
    return PurchaseOrder.objects.filter(vendor__in=whose).exists()
