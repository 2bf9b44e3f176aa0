"""Times as a phone tells them."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator


def moment() -> forms.DateTimeField:
    """Return a field for a time of this century: others cannot be reckoned with."""
    first, last = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2000, 2100))
    return forms.DateTimeField(validators=[MinValueValidator(first), MaxValueValidator(last)])
