"""What a row tells, made plain. Two rows that tell the same are one."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from crm_intake.events import Fate
from crm_intake.ledger.kinds import Purpose


@dataclass(frozen=True, kw_only=True)
class _Told:
    """Of whom (E.164), and when; ``at`` is empty only where a stop has no date."""

    number: str
    at: dt.datetime | None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ConsentTold(_Told):
    """Somebody allowed texts for a purpose, or took it back; no purpose is all."""

    stops: bool
    purpose: Purpose | None = None
    how: str = ""
    campaign: str = ""
    wording: str = ""
    shown: str = ""
    shown_version: str = ""
    language: str = ""
    zone: str = ""
    url: str = ""
    ip: str = ""
    user_agent: str = ""


@dataclass(frozen=True, kw_only=True)
class TextTold(_Told):
    """A text; ``ours`` is the business's own number, as given."""

    outgoing: bool
    ours: str
    text: str
    fate: Fate


@dataclass(frozen=True, kw_only=True)
class CallTold(_Told):
    """A call; ``answered`` is empty when nobody says."""

    outgoing: bool
    ours: str
    answered: bool | None
    seconds: int | None
    voicemail: str = ""
    summary: str = ""
    transcript: str = ""


Told = ConsentTold | TextTold | CallTold


@dataclass(frozen=True)
class GoodRow:
    """What a row tells, and the row itself as JSON, to the letter."""

    told: Told
    body: bytes


SAME: dict[type[Told], tuple[str, ...]] = {
    ConsentTold: ("stops", "purpose", "shown"),
    TextTold: ("outgoing", "text"),
    CallTold: ("outgoing",),
}


def sameness(told: Told) -> str:
    """Return what two rows have in common that tell the same, in whatever file and columns."""
    facts: dict[str, Any] = {name: getattr(told, name) for name in SAME[type(told)]}
    facts |= {"of": type(told).__name__, "number": told.number}
    facts["at"] = told.at.isoformat() if told.at else None
    return json.dumps(facts, sort_keys=True)
