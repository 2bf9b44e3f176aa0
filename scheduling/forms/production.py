"""What was made, and when something is to be made."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scheduling.forms.day import PlannedDay
from scheduling.services.finish_production import Made
from scheduling.services.plan_production import Plan

ON_THE_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)
AS_SHOWN = "%Y-%m-%dT%H:%M"


class MadeForm(forms.Form):
    """How much is good, how much is scrap, and whether the rest is made later.

    ``seen`` is how much the page showed as ordered.
    """

    good = forms.DecimalField(min_value=0, max_digits=12, decimal_places=4, label=_("Good"))
    scrapped = forms.DecimalField(
        min_value=0, max_digits=12, decimal_places=4, required=False, label=_("Scrap")
    )
    rest_follows = forms.BooleanField(required=False, label=_("The rest is made later"))
    seen = forms.DecimalField(widget=forms.HiddenInput)

    @property
    def made(self) -> Made:
        """What came of it. Of a valid form."""
        given = self.cleaned_data
        scrapped = given["scrapped"] or Decimal(0)
        return Made(given["good"], scrapped, given["rest_follows"], given["seen"])


class ClockField(forms.DateTimeField):
    """A moment on the clock of the business."""

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the moment.

        :raises ValidationError: it is none, or the clock shows it twice or never.
        """
        if value and not ON_THE_CLOCK.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            words = _("The clock is put forward or back at that hour. Choose another one.")
            raise ValidationError(words, code=error.code) from error


def clock() -> forms.DateTimeInput:
    """Return a field of the browser for a moment."""
    return forms.DateTimeInput({"type": "datetime-local"}, format=AS_SHOWN)


class PlanForm(forms.Form):
    """From when to when it is made. ``seen_…`` is what the page showed.

    What was not touched stays exact: the page shows neither its seconds, nor which of two equal
    hours it is when the clock is put back.
    """

    starts_at = ClockField(label=_("From"), widget=clock())
    ends_at = ClockField(label=_("To"), widget=clock())
    seen_starts_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    seen_ends_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a day on which nobody plans: it was mistyped."""
        given = self.cleaned_data
        for name in ("starts_at", "ends_at"):
            seen = given.get(f"seen_{name}")
            if seen and self.data.get(name) == timezone.localtime(seen).strftime(AS_SHOWN):
                given[name] = seen
                self.errors.pop(name, None)
            elif name in given:
                self._refuse_what_nobody_plans(name, given[name])
        return given

    def _refuse_what_nobody_plans(self, name: str, at: dt.datetime) -> None:
        try:
            PlannedDay().validate(timezone.localdate(at))
        except ValidationError as error:
            self.add_error(name, error)

    @property
    def times(self) -> dict[str, dt.datetime]:
        """The new times. Of a valid form."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}

    @property
    def seen(self) -> Plan:
        """What the page showed. Of a valid form."""
        return Plan(self.cleaned_data["seen_starts_at"], self.cleaned_data["seen_ends_at"])
