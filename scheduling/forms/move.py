"""Where a job shall go, and who drives."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scheduling.models import DriverProfile, Truck
from scheduling.services.plan_job import Place

AT_THE_END = 10_000
LATELY, SOON = dt.timedelta(days=92), dt.timedelta(days=366)


def usable_trucks() -> Any:
    """Return the trucks that can be chosen."""
    return Truck.objects.filter(is_active=True).select_related("vehicle").order_by("vehicle__plate")


def plannable_days() -> tuple[dt.date, dt.date]:
    """Return the first and the last day on which something can be planned."""
    today = timezone.localdate()
    return today - LATELY, today + SOON


class PlannedDay(forms.DateField):
    """A day not long ago, or within about a year."""

    def validate(self, value: Any) -> None:
        """Refuse a day on which nobody plans: it was mistyped.

        :raises ValidationError: with the days between which it must be.
        """
        super().validate(value)
        first, last = plannable_days()
        if value is not None and not first <= value <= last:
            raise ValidationError(
                _("Choose a day from %(first)s to %(last)s."), params={"first": first, "last": last}
            )


class MoveForm(forms.Form):
    """A truck and a day, or no truck at all: then the job waits to be scheduled again.

    ``number`` counts stops from 1, as the board shows them; without one the job goes to the end.
    """

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    truck = forms.ModelChoiceField(
        Truck.objects.none(), required=False, label=_("Truck"), empty_label=_("To schedule")
    )
    day = PlannedDay(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    number = forms.IntegerField(
        min_value=1,
        max_value=AT_THE_END,
        required=False,
        label=_("Stop number"),
        help_text=_("Empty: the last stop."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["truck"].queryset = usable_trucks()  # type: ignore[attr-defined]

    @property
    def place(self) -> Place | None:
        """Where to, ``None`` for no truck. Of a valid form."""
        truck, number = self.cleaned_data["truck"], self.cleaned_data["number"]
        if truck is None:
            return None
        position = number - 1 if number else AT_THE_END
        return Place(truck_id=truck.pk, day=self.cleaned_data["day"], position=position)


class DriverForm(forms.Form):
    """Who drives a truck's run of a day; nobody when left empty."""

    truck = forms.ModelChoiceField(Truck.objects.all())
    day = PlannedDay()
    driver = forms.ModelChoiceField(DriverProfile.objects.all(), required=False)


class DayForm(forms.Form):
    """The day that the board shows: today when none, or no such day, is asked for."""

    day = PlannedDay()

    @classmethod
    def day_of(cls, data: Any, *, today: dt.date) -> dt.date:
        """Return the day that is asked for."""
        form = cls(data)
        return form.cleaned_data["day"] if form.is_valid() else today
