"""When a customer takes a delivery."""

import datetime as dt
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scheduling.forms.day import PlannedDay, moment_of
from scheduling.models import Job
from scheduling.services.set_window import window_key

CLOCK = {"type": "time"}


class WindowForm(forms.Form):
    """A day and two times of it; without any of them it is taken at any time."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    date = PlannedDay(
        required=False, label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    starts = forms.TimeField(
        required=False, label=_("Not before"), widget=forms.TimeInput(CLOCK, "%H:%M")
    )
    ends = forms.TimeField(
        required=False, label=_("Not after"), widget=forms.TimeInput(CLOCK, "%H:%M")
    )

    @classmethod
    def of(cls, job: Job, asked: Any = None) -> Self:
        """Return the form for a job; ``asked`` is what it was refused for."""
        first: dict[str, Any] = {"was": window_key(job)}
        if job.window_from and job.window_until:
            begins, over = timezone.localtime(job.window_from), timezone.localtime(job.window_until)
            first |= {"date": begins.date(), "starts": begins.time(), "ends": over.time()}
        return cls({**asked.dict(), "was": window_key(job)} if asked else None, initial=first)

    def clean(self) -> dict[str, Any]:
        """Check that all three are there, or none, and in order.

        :raises ValidationError: one is missing, or the end is not later than the beginning.
        """
        asked = self.cleaned_data
        named = [name for name in ("date", "starts", "ends") if asked.get(name) is not None]
        if not named or self.errors:
            return asked
        for name in {"date", "starts", "ends"}.difference(named):
            self.add_error(name, _("Say the day and both times, or none of them."))
        if not self.errors and asked["ends"] <= asked["starts"]:
            self.add_error("ends", _("The window ends before it begins. Choose a later time."))
        for name in () if self.errors else ("starts", "ends"):
            try:
                asked[name] = moment_of(asked["date"], asked[name])
            except ValidationError as error:
                self.add_error(name, error)
        return asked

    @property
    def window(self) -> tuple[dt.datetime, dt.datetime] | None:
        """From when to when; ``None`` for at any time. Of a valid form."""
        asked = self.cleaned_data
        return (asked["starts"], asked["ends"]) if asked["date"] else None
