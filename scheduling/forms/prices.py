"""What the business asks for deliveries, and what a price is asked for."""

from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from odoo_bridge.models import Product
from scheduling.forms.point import check_point
from scheduling.models import DeliveryRates
from scheduling.selectors.rates import PriceList


def amount(label: Any, *, most: Decimal = Decimal(100_000), **more: Any) -> forms.DecimalField:
    """Return a field for money, or for what is reckoned with it."""
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, **more)


def miles(label: Any, **more: Any) -> forms.DecimalField:
    """Return a field for miles, to a tenth."""
    return forms.DecimalField(label=label, min_value=0, max_value=9_999, decimal_places=1, **more)


class RatesForm(forms.Form):
    """What holds for every delivery."""

    latitude = forms.DecimalField(
        label=_("Yard, latitude"), required=False, min_value=-90, max_value=90, decimal_places=6
    )
    longitude = forms.DecimalField(
        label=_("Yard, longitude"), required=False, min_value=-180, max_value=180, decimal_places=6
    )
    per_mile = amount(_("A mile costs"))
    base_fee = amount(_("Base fee"))
    minimum = amount(_("At least"))
    free_miles = miles(_("Free miles"))
    most_miles = miles(
        _("Miles one way at most"), required=False, help_text=_("Empty: any distance.")
    )
    fuel_percent = amount(_("Fuel, %"), most=Decimal(500))
    road_factor = forms.DecimalField(
        label=_("Roads are longer by"),
        min_value=1,
        max_value=5,
        decimal_places=2,
        help_text=_("Times the straight line, where nobody says how far it is by road."),
    )
    round_trip = forms.BooleanField(label=_("The way back is charged, too"), required=False)

    product = forms.ModelChoiceField(
        Product.objects.filter(deleted_at=None, active=True, kind="service").order_by("name", "pk"),
        label=_("Product of the delivery line"),
        required=False,
        empty_label=_("none"),
        help_text=_(
            "A service in Odoo, invoiced by what is ordered: prices are written to orders with it."
        ),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="rates-%s", **kwargs)

    @classmethod
    def of(cls, row: DeliveryRates) -> Self:
        """Return the form filled with what stands."""
        return cls(initial={name: getattr(row, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        """Refuse half a point, and one at sea."""
        values = super().clean() or {}
        check_point(self)
        return values


class BandForm(forms.Form):
    """A price up to some distance."""

    up_to = forms.DecimalField(
        label=_("Up to, miles"), min_value=Decimal("0.1"), max_value=9_999, decimal_places=1
    )
    fee = amount(_("Costs"))


class ZoneForm(forms.Form):
    """A price of some postcodes."""

    name = forms.CharField(label=_("Zone"), max_length=60)
    postcodes = forms.CharField(
        label=_("Postcodes"),
        max_length=1000,
        help_text=_("Or how they begin, with commas between them: 411, 45638."),
    )
    fee = amount(_("Costs"))

    def clean_postcodes(self) -> list[str]:
        """Return the beginnings, in capitals and without spaces."""
        words = self.cleaned_data["postcodes"].split(",")
        codes = ["".join(word.split()).upper() for word in words]
        codes = [code for code in codes if code]
        if not codes or any(len(code) > 12 or not code.isalnum() for code in codes):
            raise ValidationError(_("Write postcodes, or how they begin: letters and figures."))
        return codes


class TruckForm(forms.Form):
    """A class of trucks."""

    name = forms.CharField(label=_("Class"), max_length=60)
    factor = forms.DecimalField(
        label=_("Times the way's price"), min_value=1, max_value=50, decimal_places=2
    )


class MaterialForm(forms.Form):
    """What a unit of a product adds."""

    product = forms.ModelChoiceField(
        Product.objects.filter(deleted_at=None).order_by("name", "pk"), label=_("Product")
    )
    per_unit = forms.DecimalField(
        label=_("A unit costs"), min_value=Decimal("0.01"), max_value=100_000, decimal_places=2
    )


ROWS: dict[str, type[forms.Form]] = {
    "band": BandForm,
    "zone": ZoneForm,
    "truck": TruckForm,
    "material": MaterialForm,
}


def row_form(kind: str, data: Any = None) -> forms.Form:
    """Return the form by which something is put on a list."""
    return ROWS[kind](data, auto_id=f"{kind}-%s")


class QuoteForm(forms.Form):
    """Where to, with what: what one asks while on the phone."""

    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autofocus": True,
                "list": "quote-addresses",
                "hx-get": reverse_lazy("scheduling:quote-addresses"),
                "hx-trigger": "input changed delay:300ms",
                "hx-target": "#quote-addresses",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
                "hx-disabled-elt": "unset",  # the form's button stays free
            }
        ),
        help_text=_("Street, town, state and ZIP code."),
    )
    miles = miles(_("Miles one way"), required=False, help_text=_("Empty: by the map."))
    truck = forms.ChoiceField(label=_("Truck"), required=False)
    product = forms.ModelChoiceField(
        Product.objects.none(), label=_("Product"), required=False, empty_label=_("any")
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), required=False, min_value=0, max_value=1_000_000, decimal_places=2
    )
    order = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, prices: PriceList, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="quote-%s", **kwargs)
        trucks = [(one.name, one.name) for one in prices.trucks]
        self.fields["truck"].choices = [("", _("any")), *trucks]  # type: ignore[attr-defined]
        charged = Product.objects.filter(delivery_charge__isnull=False).order_by("name", "pk")
        self.fields["product"].queryset = charged  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a product of which nobody says how much."""
        values = super().clean() or {}
        if values.get("product") and not values.get("quantity"):
            self.add_error("quantity", _("Say how much of it, or choose no product."))
        return values
