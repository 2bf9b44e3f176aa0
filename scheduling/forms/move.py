"""Where a job shall go, and who drives."""

import datetime as dt
import uuid
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scheduling.models import DriverProfile, Job, Truck
from scheduling.services.plan_job import Spot

AT_THE_END = 10_000
LATELY, SOON = dt.timedelta(days=92), dt.timedelta(days=366)


class TruckField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not generic
    """A truck. Those that are not in use any more say so, and are offered only where they are."""

    def offer(self, current: Truck | None) -> None:
        """List the trucks in use, and the one that has the job now."""
        trucks = Truck.objects.filter(Q(is_active=True) | Q(pk=current and current.pk))
        trucks = trucks.select_related("vehicle").order_by("vehicle__plate", "pk")
        named = [(truck.pk, self.label_from_instance(truck)) for truck in trucks]
        self.choices = [("", self.empty_label), *named]

    def label_from_instance(self, obj: Truck) -> str:
        """Name the truck."""
        return str(obj) if obj.is_active else _("%s (not in use any more)") % obj


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
    in_dialog = forms.BooleanField(required=False, widget=forms.HiddenInput)
    truck = TruckField(
        Truck.objects.all(), required=False, label=_("Truck"), empty_label=_("To schedule")
    )
    day = PlannedDay(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    number = forms.IntegerField(
        min_value=1,
        max_value=AT_THE_END,
        required=False,
        label=_("Stop number"),
        help_text=_("Empty: the last stop."),
    )

    @classmethod
    def of(cls, job: Job, *, day: dt.date, asked: Any = None) -> Self:
        """Return the dialog's form for a job; ``asked`` is what it was refused for.

        Whoever reads the refusal has seen where the job is now, and may send the form again.
        """
        stop = getattr(job, "stop", None)
        truck = stop.run.truck if stop else None
        first = {"seen": job.moves, "in_dialog": True, "day": day, "truck": truck and truck.pk}
        form = cls({**asked.dict(), "seen": job.moves} if asked else None, initial=first)
        form.fields["truck"].offer(truck)  # type: ignore[attr-defined]
        return form

    @property
    def spot(self) -> Spot | None:
        """Where to, ``None`` for no truck. Of a valid form."""
        truck, number = self.cleaned_data["truck"], self.cleaned_data["number"]
        if truck is None:
            return None
        position = number - 1 if number else AT_THE_END
        return Spot(truck_id=truck.pk, day=self.cleaned_data["day"], position=position)


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


class SheetForm(DayForm):
    """The day whose run sheets are asked for, and one of its runs, or all of them."""

    run = forms.UUIDField(required=False)

    @classmethod
    def asked_for(cls, data: Any, *, today: dt.date) -> tuple[dt.date, uuid.UUID | None]:
        """Return the day and the run; what makes no sense is today, and all of its runs."""
        form = cls(data)
        form.is_valid()
        return form.cleaned_data.get("day") or today, form.cleaned_data.get("run")
