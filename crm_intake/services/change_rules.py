"""Change what the business has chosen about calls and texts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from crm_intake.models import IntakeRules
from crm_intake.wording.segments import as_sent
from portal.accounts.models import User
from portal.audit.services.record import record


@transaction.atomic
def change_rules(
    *,
    new_lead_after_days: int,
    leads_of_taken_calls: str,
    missed_call_text: str,
    stops_by_kind_since: dt.date | None,
    segment_price: Decimal | None,
    by: User,
) -> IntakeRules:
    """Keep the choices; what changed is audited."""
    rules, _made = IntakeRules.objects.select_for_update().get_or_create(pk=1)
    new: dict[str, Any] = {
        "new_lead_after_days": new_lead_after_days,
        "leads_of_taken_calls": leads_of_taken_calls,
        "stops_by_kind_since": stops_by_kind_since,
        "segment_price": segment_price,
        "missed_call_text": as_sent(missed_call_text),
    }
    old = {name: getattr(rules, name) for name in new}
    if old != new:
        for name, value in new.items():
            setattr(rules, name, value)
        rules.save()
        record(by=by, what="intake rules changed", target=rules, old=old, new=new)
    return rules
