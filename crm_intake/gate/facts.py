"""What the gate must know of a text, its reader and what went before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from crm_intake.hours.readers import Reader
from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import Standing

NOT_MOBILE = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.PAGER,
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.VOICEMAIL,
}


class Line(StrEnum):
    """What is at the other end of a number, as far as it says itself."""

    FINE = "FINE"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    ABROAD = "ABROAD"
    NO_MOBILE = "NO_MOBILE"


def line_of(number: str, *, country: str) -> Line:
    """Judge an E.164 number. In North America a mobile cannot be told from a landline by it.

    :param country: ISO 3166 code of the business; its neighbours in the same plan are abroad.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return Line.NOT_A_NUMBER
    if not phonenumbers.is_valid_number(parsed):
        return Line.NOT_A_NUMBER
    if phonenumbers.number_type(parsed) in NOT_MOBILE:
        return Line.NO_MOBILE
    return Line.FINE if phonenumbers.region_code_for_number(parsed) == country else Line.ABROAD


@dataclass(frozen=True)
class Before:
    """A text that went to the same number, or is about to."""

    at: dt.datetime
    purpose: Purpose
    text: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a decision rests on. ``before`` are the texts of the last 24 hours."""

    line: Line
    standing: Standing
    reader: Reader
    wrote_at: dt.datetime | None = None
    is_customer: bool = False
    is_landline: bool = False
    before: Sequence[Before] = ()
