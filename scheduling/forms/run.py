"""A truck's trip of a day: who drives it, and when."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from scheduling.forms.day import PlannedDay, moment_of
from scheduling.forms.move import MOST_TRIPS
from scheduling.models import DriverProfile, Truck


class RunForm(forms.Form):
    """A truck's trip of a day; the first one where none is named."""

    truck = forms.ModelChoiceField(
        Truck.objects.select_related("vehicle"), widget=forms.HiddenInput, label=_("Truck")
    )
    day = PlannedDay(widget=forms.HiddenInput)
    trip = forms.IntegerField(
        min_value=1, max_value=MOST_TRIPS, required=False, widget=forms.HiddenInput
    )

    def clean_trip(self) -> int:
        """Return the number of the trip."""
        return self.cleaned_data["trip"] or 1


class DriverForm(RunForm):
    """Who drives it; nobody when left empty."""

    driver = forms.ModelChoiceField(DriverProfile.objects.all(), required=False)


class LockForm(RunForm):
    """Whether it shall be locked."""

    locked = forms.BooleanField(required=False)


class HoursForm(RunForm):
    """From when till when it is, by the clocks of the business."""

    starts = forms.TimeField(
        label=_("Leaves at"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(label=_("Back at"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))

    def clean_starts(self) -> dt.datetime | None:
        """Return the moment at which it leaves."""
        return self._moment("starts")

    def clean_ends(self) -> dt.datetime | None:
        """Return the moment at which it is back.

        :raises ValidationError: before it leaves.
        """
        ends, starts = self._moment("ends"), self.cleaned_data.get("starts")
        if starts and ends and ends <= starts:
            raise ValidationError(_("It is back before it leaves. Choose a later time."))
        return ends

    def _moment(self, name: str) -> dt.datetime | None:
        """Return when that is; the hour that clocks skip or repeat in spring or autumn is refused.

        :raises ValidationError: there is no such time on the day, or there are two.
        """
        day, time = self.cleaned_data.get("day"), self.cleaned_data[name]
        if day is None:
            return None
        return moment_of(day, time)
