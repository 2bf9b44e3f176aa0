"""Which part of the calendar is asked for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from scheduling.selectors.calendar_entry import ONE_DAY, Days, Kind
from scheduling.selectors.week import monday_of

ONE_WEEK = 7 * ONE_DAY
MOST_DAYS = 45  # a month with the weeks in which it begins and ends has 42
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
MARGIN = MOST_DAYS * ONE_DAY  # what is shown around a day is within them, too
VIEWS = [
    ("month", _("Month")),
    ("week", _("Week")),
    ("day", _("Day")),
    ("line", _("Time line")),
]


@dataclass(frozen=True)
class Asked:
    """A view of the calendar, around a day, with some kinds of work."""

    view: str
    day: dt.date
    kinds: tuple[Kind, ...]

    @property
    def days(self) -> Days:
        """The days that it shows: whole weeks, but for a single day."""
        if self.view == "day":
            return Days(self.day, self.day)
        if self.view == "month":
            last = _next_month(self.day) - ONE_DAY
            return Days(monday_of(self.day.replace(day=1)), monday_of(last) + ONE_WEEK - ONE_DAY)
        return Days(monday_of(self.day), monday_of(self.day) + ONE_WEEK - ONE_DAY)

    @property
    def before(self) -> dt.date:
        """A day of the view before this one."""
        return (self.day.replace(day=1) if self.view == "month" else self.days.first) - ONE_DAY

    @property
    def after(self) -> dt.date:
        """A day of the view after this one."""
        return _next_month(self.day) if self.view == "month" else self.days.last + ONE_DAY

    def query(self, **other: Any) -> str:
        """Return it as an address says it, or with another view or day."""
        asked = {"view": self.view, "day": str(self.day), **other}
        kinds = [] if set(self.kinds) == set(Kind) else [("kinds", kind) for kind in self.kinds]
        return urlencode([*asked.items(), *kinds])


class CalendarForm(forms.Form):
    """What an address asks for; what makes no sense there is the week of today with all kinds."""

    view = forms.ChoiceField(choices=VIEWS, label=_("View"))
    day = forms.DateField(
        label=_("Day"),
        validators=[MinValueValidator(FIRST + MARGIN), MaxValueValidator(LAST - MARGIN)],
    )
    kinds = forms.TypedMultipleChoiceField(
        choices=Kind.choices,
        coerce=Kind,
        label=_("Show"),
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def asked(cls, data: Any, *, today: dt.date) -> Asked:
        """Return what is asked for."""
        form = cls(data)
        form.is_valid()
        given: Mapping[str, Any] = form.cleaned_data
        kinds = given.get("kinds") or list(Kind)
        return Asked(given.get("view") or "week", given.get("day") or today, tuple(kinds))


class SpanForm(forms.Form):
    """Some days, from ``start`` to before ``end``, and kinds of work; all of them without any."""

    start = forms.DateField()
    end = forms.DateField()
    kinds = forms.TypedMultipleChoiceField(choices=Kind.choices, coerce=Kind, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days that no calendar shows at once, or that are not of this century."""
        given = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if start and end and not ONE_DAY <= end - start <= MOST_DAYS * ONE_DAY:
            raise ValidationError(_("Ask for one day at least, and for %d at most.") % MOST_DAYS)
        if start and end and not FIRST <= start < end <= LAST:
            raise ValidationError(_("Ask for days of this century."))
        return given

    @property
    def days(self) -> Days:
        """The days. Of a valid form."""
        return Days(self.cleaned_data["start"], self.cleaned_data["end"] - ONE_DAY)

    @property
    def kinds_wanted(self) -> list[Kind]:
        """The kinds. Of a valid form."""
        return self.cleaned_data["kinds"] or list(Kind)


def _next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after the day's."""
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)
