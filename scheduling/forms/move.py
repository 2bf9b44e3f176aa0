"""Where jobs shall go."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scheduling.forms.day import PlannedDay
from scheduling.models import Job, Truck
from scheduling.services.lock_job import Seen
from scheduling.services.move_jobs import AT_THE_END, MOST
from scheduling.services.plan_job import Spot

MOST_TRIPS = 20
SEEN = re.compile(r"(\d{1,18}):(\d{1,9})", re.ASCII)


class SeenField(forms.Field):
    """Jobs as a page showed them: ``12:3`` is the job 12 that had been moved three times."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[Seen]:
        """Return them in their order, each once."""
        found = [SEEN.fullmatch(one) for one in value or ()]
        if not all(found) or len(found) > MOST:
            raise ValidationError(_("This page was not up to date. Load it again."))
        return list(dict.fromkeys(Seen(int(one[1]), int(one[2])) for one in found if one))


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


class MoveForm(forms.Form):
    """A truck and a day, or no truck at all: then the job waits to be scheduled again.

    ``number`` counts stops from 1, as the board shows them; without one the job goes to the end.
    """

    job = SeenField(label=_("Jobs"))
    in_dialog = forms.BooleanField(required=False, widget=forms.HiddenInput)
    truck = TruckField(
        Truck.objects.all(), required=False, label=_("Truck"), empty_label=_("To schedule")
    )
    day = PlannedDay(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    trip = forms.IntegerField(
        min_value=1,
        max_value=MOST_TRIPS,
        required=False,
        label=_("Trip"),
        help_text=_("Empty: the first of the day."),
    )
    number = forms.IntegerField(
        min_value=1,
        max_value=AT_THE_END,
        required=False,
        label=_("Stop number"),
        help_text=_("Empty: the last stop."),
    )

    @classmethod
    def of(cls, jobs: Sequence[Job], *, day: dt.date, asked: Any = None) -> Self:
        """Return the dialog's form for these jobs; ``asked`` is what it was refused for.

        Whoever reads the refusal has seen where the jobs are now, and may send the form again.
        """
        runs = [stop.run for job in jobs if (stop := getattr(job, "stop", None))]
        run = runs[0] if runs else None
        seen = [f"{job.pk}:{job.moves}" for job in jobs]
        first = {"job": seen, "in_dialog": True, "day": day}
        if run is not None:
            first |= {"truck": run.truck_id, "day": run.day}
            first["trip"] = run.trip if run.trip > 1 else None
        if asked:
            asked = asked.copy()
            asked.setlist("job", seen)
        form = cls(asked or None, initial=first)
        form.fields["truck"].offer(run and run.truck)  # type: ignore[attr-defined]
        return form

    @property
    def spot(self) -> Spot | None:
        """Where to, ``None`` for no truck. Of a valid form."""
        asked = self.cleaned_data
        if asked["truck"] is None:
            return None
        position = asked["number"] - 1 if asked["number"] else AT_THE_END
        return Spot(asked["truck"].pk, asked["day"], position, trip=asked["trip"] or 1)
