"""Where a place is, and what a driver must know of it."""

from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.forms.point import check_point
from scheduling.models import Place
from scheduling.models.point import Point

METRES, KILOS = Decimal(100), Decimal(1_000_000)


def _limit(label: Any, most: Decimal) -> forms.DecimalField:
    least = Decimal("0.01")
    return forms.DecimalField(
        required=False, label=label, min_value=least, max_value=most, decimal_places=2
    )


class PinForm(forms.Form):
    """A point in degrees, by the map or typed in; both empty: nobody says where it is."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    latitude = forms.DecimalField(
        required=False, label=_("Latitude"), min_value=-90, max_value=90, decimal_places=20
    )
    longitude = forms.DecimalField(
        required=False, label=_("Longitude"), min_value=-180, max_value=180, decimal_places=20
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="pin-%s", **kwargs)

    @classmethod
    def of(cls, place: Place) -> Self:
        """Return the form with the point that is known."""
        point = place.point
        known = {"latitude": point.latitude, "longitude": point.longitude} if point else {}
        return cls(initial={"seen": place.edits, **known})

    def clean(self) -> dict[str, Any]:
        """Refuse half a point, and one at sea."""
        values = super().clean() or {}
        check_point(self)
        return values

    @property
    def point(self) -> Point | None:
        """The point of a valid form."""
        latitude = self.cleaned_data["latitude"]
        if latitude is None:
            return None
        return Point.of(latitude, self.cleaned_data["longitude"])


class PlaceForm(forms.Form):
    """What a driver must know; an empty limit is none."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    drop_spot = forms.CharField(
        required=False,
        max_length=200,
        label=_("Where to put it"),
        help_text=_("Such as: left of the barn, on the gravel."),
    )
    most_width = _limit(_("Widest truck, m"), METRES)
    most_height = _limit(_("Highest truck, m"), METRES)
    most_weight = _limit(_("Heaviest truck with its load, kg"), KILOS)
    notes = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Notes"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The gate's code, a dog, whom to call. They come back on every later order."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="place-%s", **kwargs)

    @classmethod
    def of(cls, place: Place) -> Self:
        """Return the form filled with what is known."""
        names = [name for name in cls.base_fields if name != "seen"]
        return cls(initial={"seen": place.edits, **{n: getattr(place, n) for n in names}})


class PhotoForm(forms.Form):
    """A picture of the place."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
    )
    caption = forms.CharField(required=False, max_length=120, label=_("What it shows"))

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, auto_id="photo-%s", **kwargs)
