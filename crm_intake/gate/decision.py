"""What the gate says, and each of its rules in a person's words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Verdict(StrEnum):
    """What is to be done with a text."""

    ALLOW = "ALLOW"
    HOLD = "HOLD"
    REFUSE = "REFUSE"


@dataclass(frozen=True)
class Decision:
    """``rule`` names what holds or refuses; ``until`` is when a held text may leave."""

    verdict: Verdict
    rule: str = ""
    until: dt.datetime | None = None

    def unless_later_than(self, moment: dt.datetime | None) -> "Decision":
        """Return the same, or a refusal where it would be held for longer than it says anything."""
        if moment is not None and self.until is not None and self.until > moment:
            return TOO_LATE
        return self


ALLOWED = Decision(Verdict.ALLOW)
TOO_LATE = Decision(Verdict.REFUSE, "too_late")
REASONS: Mapping[str, StrOrPromise] = {
    "person_said_stop": _("The person has asked to get no more texts."),
    "provider_block": _("The provider lets nothing through to this number."),
    "no_written_consent": _("Advertising needs consent in writing, and there is none."),
    "no_consent": _("This person has never written or called, and has agreed to nothing."),
    "not_a_number": _("This is no number that exists."),
    "abroad": _("The number is in another country."),
    "no_mobile": _("Nothing can be read at this number: it is no mobile telephone."),
    "too_late": _("Its time was over before it could go out."),
    "duplicate": _("The same words went to this number just now."),
    "empty": _("There are no words in it."),
    "too_long": _("It is longer than a provider takes."),
    "too_many": _("This person had three texts of this kind in 24 hours."),
    "too_many_codes": _("Five codes went to this number in 24 hours."),
    "federal_hours": _("Too early or too late at the reader's place."),
    "service_hours": _("Too early or too late at the reader's place."),
    "careful_hours": _("No advertising at this hour, or on a holiday."),
}


def reason_of(rule: str) -> StrOrPromise:
    """Return the rule in a person's words; a state's rule is one about hours."""
    return REASONS.get(rule, _("The law of the reader's state allows no texts at this hour."))
