"""Where a phone says that it was."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from drivers.forms.moments import moment
from drivers.services.keep_positions import Measured
from scheduling.models.point import Point

MOST = 60  # in one request
FARTHEST = 100_000  # metres: what knows less than that knows nothing


class PositionForm(forms.Form):
    """One position; ``accuracy`` in metres."""

    at = moment()
    latitude = forms.DecimalField(min_value=-90, max_value=90)
    longitude = forms.DecimalField(min_value=-180, max_value=180)
    accuracy = forms.FloatField(min_value=0, max_value=FARTHEST)


class PositionsForm(forms.Form):
    """What comes in one request. ``positions`` are looked at one by one."""

    driver = forms.IntegerField()
    run = forms.UUIDField()
    sent_at = moment()


def measured(listed: Iterable[Any], *, ahead: dt.timedelta) -> list[Measured]:
    """Return what of the list is a position, by a clock that is so much ahead of ours."""
    forms_ = [PositionForm(one) for one in listed if isinstance(one, dict)]
    return [
        Measured(
            point=Point.of(form.cleaned_data["latitude"], form.cleaned_data["longitude"]),
            accuracy=round(form.cleaned_data["accuracy"]),
            at=form.cleaned_data["at"] - ahead,
            phone_at=form.cleaned_data["at"],
        )
        for form in forms_
        if form.is_valid()
    ]
