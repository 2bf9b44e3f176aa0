"""When the yard is open, and when its drivers work."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from scheduling.models import DriverProfile
from scheduling.selectors.free import Hours

LONGEST = dt.timedelta(days=366)


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def hour(label: Any, **more: Any) -> forms.TimeField:
    """Return a field for a time of day, to the minute."""
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


class WeekForm(forms.Form):
    """The opening hours of a week; a weekday without hours is closed."""

    def __init__(self, data: Any = None, *, known: Mapping[int, Hours] | None = None) -> None:
        super().__init__(data, auto_id="week-%s")
        for weekday in WEEKDAYS:
            opens, closes = (known or {}).get(weekday, (None, None))
            self.fields[f"opens_{weekday}"] = hour(_("opens"), required=False, initial=opens)
            self.fields[f"closes_{weekday}"] = hour(_("closes"), required=False, initial=closes)

    def clean(self) -> dict[str, Any]:
        """Refuse half of a weekday's hours, an end before the beginning, and a week without any."""
        values = super().clean() or {}
        for weekday in WEEKDAYS:
            opens, closes = (values.get(f"{name}_{weekday}") for name in ("opens", "closes"))
            if (opens is None) != (closes is None):
                missing = "opens" if opens is None else "closes"
                self._refuse(f"{missing}_{weekday}", _("Type both times, or empty both."))
            elif opens is not None and closes <= opens:
                self._refuse(f"closes_{weekday}", _("This is not after the opening."))
        if not self.errors and not self.hours:
            self._refuse("opens_0", _("Open on at least one day."))
        return values

    def _refuse(self, name: str, words: Any) -> None:
        if name not in self.errors:
            self.add_error(name, words)

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The name of each weekday, and its two fields."""
        return [
            (str(name), self[f"opens_{weekday}"], self[f"closes_{weekday}"])
            for weekday, name in WEEKDAYS.items()
        ]

    @property
    def hours(self) -> dict[int, Hours]:
        """The hours by weekday, of a valid form."""
        values = self.cleaned_data
        pairs = {day: (values[f"opens_{day}"], values[f"closes_{day}"]) for day in WEEKDAYS}
        return {day: hours for day, hours in pairs.items() if hours[0] is not None}


class DaysForm(forms.Form):
    """Some days, the last included."""

    first_day = day(_("From"))
    last_day = day(_("To"), required=False, help_text=_("The last day. Empty: one day."))

    def clean(self) -> dict[str, Any]:
        """Take one day for both, and refuse an end before the beginning."""
        values = super().clean() or {}
        if self.errors:
            return values
        values["last_day"] = values["last_day"] or values["first_day"]
        if values["last_day"] < values["first_day"]:
            self.add_error("last_day", _("This is before the first day."))
        elif values["last_day"] - values["first_day"] > LONGEST:
            self.add_error("last_day", _("This is longer than a year."))
        return values


class ClosureForm(DaysForm):
    """Days on which the yard is closed."""

    name = forms.CharField(label=_("Why"), max_length=80)


class DriverForm(forms.Form):
    """Something about a driver."""

    driver = forms.ModelChoiceField(
        DriverProfile.objects.filter(is_active=True), label=_("Driver"), empty_label=_("choose")
    )

    def offer(self, drivers: Iterable[DriverProfile]) -> None:
        """Offer these drivers, which a page with several such forms reads once."""
        choices = [("", _("choose")), *((one.pk, str(one)) for one in drivers)]
        self.fields["driver"].choices = choices  # type: ignore[attr-defined]


class AbsenceForm(DaysForm, DriverForm):
    """Days on which a driver is away."""

    words = forms.CharField(
        label=_("What to know of it"), max_length=120, required=False, help_text=_("Not why.")
    )
    field_order = ("driver", "first_day", "last_day", "words")


class ShiftForm(DriverForm):
    """When a driver works, on each such weekday or on one day."""

    weekday = forms.TypedChoiceField(
        label=_("Each"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("one day alone")), *WEEKDAYS.items()],
    )
    day = day(_("Day"), required=False, help_text=_("Where it is one day alone."))
    starts = hour(_("From"))
    ends = hour(_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse both or neither of weekday and day, and an end before the beginning."""
        values = super().clean() or {}
        if self.errors:
            return values
        if (values["weekday"] is None) == (values["day"] is None):
            self.add_error("day", _("Choose a weekday, or type a day: one of the two."))
        if values["ends"] <= values["starts"]:
            self.add_error("ends", _("This is not after the start."))
        return values


class HolidaysForm(forms.Form):
    """A year whose public holidays are wanted."""

    year = forms.TypedChoiceField(label=_("Holidays of"), coerce=int)

    def __init__(self, data: Any = None, *, this_year: int) -> None:
        super().__init__(data, auto_id="holidays-%s")
        years = [(year, str(year)) for year in range(this_year, this_year + 3)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


ROWS: dict[str, type[forms.Form]] = {
    "closure": ClosureForm,
    "shift": ShiftForm,
    "absence": AbsenceForm,
}


def row_form(kind: str, data: Any = None) -> forms.Form:
    """Return the form by which something is put on a list."""
    return ROWS[kind](data, auto_id=f"{kind}-%s")
