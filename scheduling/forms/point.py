"""Two fields that are one point on earth."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.geo.sea import is_at_sea
from scheduling.models.point import Point

AT_SEA = _("This is in the sea. Check the order and the signs of the two figures.")


def check_point(form: forms.Form) -> None:
    """Refuse half a point, and one at sea, of a form with ``latitude`` and ``longitude``."""
    if form.errors:
        return
    latitude, longitude = form.cleaned_data["latitude"], form.cleaned_data["longitude"]
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        form.add_error(missing, _("Type both figures, or empty both."))
    elif latitude is not None and is_at_sea(Point.of(latitude, longitude)):
        form.add_error("latitude", AT_SEA)
