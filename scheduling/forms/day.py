"""The day that a page is about."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LATELY, SOON = dt.timedelta(days=92), dt.timedelta(days=366)


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
                _("Choose a day from %(first)s to %(last)s."),
                params={"first": f"{first:%-d %b %Y}", "last": f"{last:%-d %b %Y}"},
            )


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """Return when that is by the clocks of the business.

    :raises ValidationError: clocks skip or repeat that hour in spring or autumn.
    """
    try:
        return from_current_timezone(dt.datetime.combine(day, time))
    except ValidationError as exc:
        raise ValidationError(
            _("Clocks change on that day: %(time)s is not there, or is there twice."),
            params={"time": f"{time:%H:%M}"},
        ) from exc


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
