"""What became of the codes by which people sign in."""

import datetime as dt
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from crm_intake.failures import words_of
from crm_intake.gate.decision import reason_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import OutgoingText

State = OutgoingText.State


@dataclass(frozen=True)
class LastCode:
    """When a code was last asked for, and why it was not to be had."""

    asked_at: dt.datetime
    state: StrOrPromise
    arrived: bool
    why: StrOrPromise


def last_code_to(number: str) -> LastCode | None:
    """Return it; ``None`` where no code was asked for, or there is no number. One query."""
    codes = OutgoingText.objects.filter(number=number, purpose=Purpose.CODE)
    text = codes.order_by("-created_at", "-pk").first() if number else None
    if text is None:
        return None
    why: StrOrPromise = ""
    if text.rule:
        why = reason_of(text.rule)
    elif text.failure:
        why = words_of(text.failure)
    return LastCode(text.created_at, State(text.state).label, text.state in text.ARRIVED, why)
