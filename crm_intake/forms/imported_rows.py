"""The rows of an import: each is checked by itself, and made into what it tells."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms

from crm_intake.importing import words
from crm_intake.importing.columns import Rows, plain
from crm_intake.importing.facts import CallTold, ConsentTold, TextTold, Told
from crm_intake.importing.moments import moment_of, seconds_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.values import clean
from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_profile

Read = TypeVar("Read")
LONG = 10_000  # letters of what was said; a longer one is a file that was read wrongly
NO_NUMBER = "is no telephone number"


@dataclass(frozen=True)
class Here:
    """How rows are read here: the clock of times without a zone, now, and our own numbers."""

    zone: zoneinfo.ZoneInfo
    now: dt.datetime
    country: str
    ours: frozenset[str]


def read_here(now: dt.datetime, zone: zoneinfo.ZoneInfo | None = None) -> Here:
    """Return how this business reads rows; by its own clock unless another is said."""
    profile = business_profile()
    country = profile.country
    ours = {to_e164(phone, country=country) for phone in profile.phones or []}
    return Here(
        zone=zone or zoneinfo.ZoneInfo(profile.time_zone),
        now=now,
        country=country,
        ours=frozenset(number for number in ours if number),
    )


def field(most: int, *, strip: bool = True) -> forms.CharField:
    """Return a field of at most so many letters."""
    return forms.CharField(
        max_length=most,
        strip=strip,
        required=False,
        error_messages={
            "max_length": f"is longer than {most} letters",
            "null_characters_not_allowed": "holds a byte that no text has",
        },
    )


class Aside(forms.CharField):
    """What stands beside: cut to what is kept of it. The row itself is kept whole."""

    def __init__(self, most: int) -> None:
        super().__init__(required=False)
        self.most = most

    def to_python(self, value: Any) -> str:
        """Return it as a database takes it."""
        return clean(super().to_python(value))[: self.most]


class RowForm(forms.Form):
    """What each row has."""

    number, at, name = field(80), field(80), Aside(200)

    def __init__(self, row: dict[str, str], *, here: Here) -> None:
        super().__init__(row)
        self.here = here

    def told(self) -> Told:
        """Return what a good row tells."""
        raise NotImplementedError

    def number_in(self, name: str) -> str:
        """Return E.164, or mark the column; an empty text then."""
        number = to_e164(self.cleaned_data.get(name, ""), country=self.here.country)
        if number is None and name not in self.errors:
            self.add_error(name, NO_NUMBER)
        return number or ""

    def moment_in(self, name: str) -> dt.datetime | None:
        """Return the moment, or mark the column; nothing where there is none."""
        return self.read_in(name, lambda t: moment_of(t, zone=self.here.zone, now=self.here.now))

    def read_in(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """Return what is read from a column, or mark it; nothing where there is nothing."""
        told = self.cleaned_data.get(name, "")
        try:
            return read(told) if told else None
        except ValueError as wrong:
            self.add_error(name, str(wrong))
            return None


class ConsentRow(RowForm):
    """A consent, or what takes one back. Nothing but a bad number keeps a stop from being taken."""

    status, ended, at, purpose = Aside(80), Aside(80), Aside(80), Aside(80)
    how, wording, shown = Aside(80), Aside(LONG), Aside(LONG)
    shown_version, zone, campaign, language = Aside(40), Aside(40), Aside(40), Aside(10)
    url, user_agent, ip = Aside(500), Aside(400), Aside(45)
    always_stops = False

    def clean(self) -> dict[str, Any]:
        """Read number, time, and yes or no; ask of a yes what a yes must have."""
        values = super().clean() or {}
        values["e164"] = self.number_in("number")
        values["stops"] = self._stops(values)
        values["for"] = words.PURPOSES.get(plain(values["purpose"]))
        if values["stops"]:
            values["moment"] = self._moment_of_a_stop(values["ended"] or values["at"])
        else:
            self._check_yes(values)
            values["moment"] = self.moment_in("at")
        return values

    def _stops(self, values: dict[str, Any]) -> bool:
        status = values["status"]
        if self.always_stops or values["ended"]:
            return True
        if "status" not in self.data:
            return False  # a table of consents that says only when one ended
        says = words.is_yes(status)
        if says is None:
            self.add_error("status", f"“{status[:40]}” is neither a yes nor a no")
        return says is False

    def _moment_of_a_stop(self, told: str) -> dt.datetime | None:
        try:
            return moment_of(told, zone=self.here.zone, now=self.here.now)
        except ValueError:
            return None  # it counts from now in any case

    def _check_yes(self, values: dict[str, Any]) -> None:
        if not values["at"]:
            self.add_error("at", "is empty: a consent needs its time")
        if plain(values["purpose"]) not in words.PURPOSES:
            self.add_error("purpose", "is unknown: write marketing or delivery")
        if values["for"] is not Purpose.MARKETING:
            return
        if not values["shown"]:
            self.add_error("shown", "is empty: advertising needs the words that were shown")
        if plain(values["how"]) in words.SPOKEN:
            self.add_error("how", "is no writing: advertising needs consent in writing")

    def told(self) -> Told:
        """Return it. A yes without a purpose is one to news of deliveries: to sell is named."""
        values = self.cleaned_data
        return ConsentTold(
            number=values["e164"],
            at=values["moment"],
            name=values["name"],
            stops=values["stops"],
            purpose=values["for"] or (None if values["stops"] else Purpose.DELIVERY),
            how=plain(values["how"])[:20],
            **{
                name: values[name]
                for name in (
                    *("campaign", "wording", "shown", "shown_version", "language", "zone"),
                    *("url", "ip", "user_agent"),
                )
            },
        )


class OptOutRow(ConsentRow):
    """A number that wants no texts: whatever stands beside it."""

    always_stops = True


class SidesRow(RowForm):
    """Somebody and the business."""

    sender, recipient, direction = field(80), field(80), field(40)

    def clean(self) -> dict[str, Any]:
        """Find out who of the two is outside."""
        values = super().clean() or {}
        values["moment"] = self.moment_in("at")
        if not values.get("at") and "at" not in self.errors:
            self.add_error("at", "is empty")
        values["outgoing"] = self._outgoing(values)
        outside, inside = ("recipient", "sender") if values["outgoing"] else ("sender", "recipient")
        by_side = not values.get("number") and (values.get(outside) or "number" not in self.data)
        values["e164"] = self.number_in(outside if by_side else "number")
        values["ours"] = values.get(inside, "")
        return values

    def _outgoing(self, values: dict[str, Any]) -> bool:
        told = values.get("direction", "")
        if told:
            outgoing = words.is_outgoing(told)
        else:
            from_us, to_us = (self._is_ours(values, side) for side in ("sender", "recipient"))
            outgoing = from_us if from_us or to_us else None
        if outgoing is None:
            self.add_error("direction", "is neither in nor out, and no side is a number of ours")
        return bool(outgoing)

    def _is_ours(self, values: dict[str, Any], side: str) -> bool:
        return to_e164(values.get(side, ""), country=self.here.country) in self.here.ours


class MessageRow(SidesRow):
    """A text, to the letter."""

    text, fate = field(LONG, strip=False), field(80)

    def told(self) -> Told:
        """Return it."""
        values = self.cleaned_data
        return TextTold(
            number=values["e164"],
            at=values["moment"],
            name=values["name"],
            outgoing=values["outgoing"],
            ours=values["ours"],
            text=values["text"],
            fate=words.fate_of(values["fate"]),
        )


class CallRow(SidesRow):
    """A call."""

    seconds, answered, missed, outcome = field(40), field(40), field(40), field(40)
    voicemail, summary, transcript = field(LONG), field(LONG), field(10 * LONG)

    def clean(self) -> dict[str, Any]:
        """Read how long it was, and whether anybody took it."""
        values = super().clean()
        values["length"] = self.read_in("seconds", seconds_of)
        missed = words.is_yes(values.get("missed", ""))
        values["taken"] = words.is_yes(values.get("answered", ""))
        if values["taken"] is None and missed is not None:
            values["taken"] = not missed
        if values["taken"] is None:
            values["taken"] = words.is_answered(values.get("outcome", ""))
        return values

    def told(self) -> Told:
        """Return it."""
        values = self.cleaned_data
        return CallTold(
            number=values["e164"],
            at=values["moment"],
            name=values["name"],
            outgoing=values["outgoing"],
            ours=values["ours"],
            answered=values["taken"],
            seconds=values["length"],
            **{name: values[name] for name in ("voicemail", "summary", "transcript")},
        )


FORMS: dict[Rows, type[RowForm]] = {
    Rows.CONSENTS: ConsentRow,
    Rows.OPT_OUTS: OptOutRow,
    Rows.MESSAGES: MessageRow,
    Rows.CALLS: CallRow,
}
