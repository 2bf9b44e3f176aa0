"""What a person says of a truck: its size, what it carries, its bed, and when it is away."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.figures import quantity
from scheduling.forms.hours import DaysForm
from scheduling.models import Material
from scheduling.selectors.fleet import TruckView

MOST_KILOS, MOST_CUBES, MOST_METRES = 1_000_000, 10_000, 100
LONGEST_RELOAD = 600


def measure(label: Any, most: int, **more: Any) -> forms.DecimalField:
    """Return a field for a figure above 0, or none."""
    least = Decimal("0.01")
    return forms.DecimalField(
        label=label, required=False, min_value=least, max_value=most, decimal_places=2, **more
    )


class TruckForm(forms.Form):
    """A truck; an empty figure is unknown, or what Odoo says."""

    set_weight = measure(_("Carries, kg"), MOST_KILOS)
    set_volume = measure(_("Level bed, m³"), MOST_CUBES)
    width = measure(_("Width, m"), MOST_METRES, help_text=_("Empty: unknown."))
    height = measure(_("Height, m"), MOST_METRES, help_text=_("Empty: unknown."))
    empty_weight = measure(
        _("Empty weight, kg"), MOST_KILOS, help_text=_("With its driver. Empty: unknown.")
    )
    reload_minutes = forms.IntegerField(
        label=_("Minutes to reload"),
        min_value=0,
        max_value=LONGEST_RELOAD,
        help_text=_("At the yard, between two trips."),
    )

    def __init__(self, view: TruckView, data: Any = None) -> None:
        known = {name: getattr(view.truck, name) for name in self.base_fields}
        super().__init__(data, auto_id="truck-%s", initial=known)
        category = view.category
        for name, most, unit in (
            ("set_weight", category and category.most_weight, "kg"),
            ("set_volume", category and category.most_volume, "m³"),
        ):
            self.fields[name].help_text = (
                _now("Empty: as Odoo says, %(most)s %(unit)s.")
                % {"most": quantity(most), "unit": unit}
                if most
                else _now("Empty: unknown. Odoo does not say.")
            )


class LimitForm(forms.Form):
    """How much a truck takes of a material."""

    material = forms.ModelChoiceField(Material.objects.order_by("name"), label=_("Material"))
    most_weight = measure(_("At most, kg"), MOST_KILOS)
    most_volume = measure(_("At most, m³"), MOST_CUBES, help_text=_("With its heap."))

    def clean(self) -> dict[str, Any]:
        """Refuse a limit that limits nothing."""
        values = super().clean() or {}
        if not self.errors and values["most_weight"] is None and values["most_volume"] is None:
            self.add_error("most_weight", _("Type how much: kg, m³ or both."))
        return values


class CompartmentForm(forms.Form):
    """A part of a bed."""

    name = forms.CharField(label=_("Compartment"), max_length=40)
    most_weight = measure(_("At most, kg"), MOST_KILOS)
    most_volume = measure(_("Level, m³"), MOST_CUBES)


class ServiceForm(DaysForm):
    """Days on which a truck is in the workshop."""

    words = forms.CharField(label=_("What is done"), max_length=120, required=False)


ROWS: dict[str, type[forms.Form]] = {
    "limit": LimitForm,
    "compartment": CompartmentForm,
    "service": ServiceForm,
}


def row_form(kind: str, data: Any = None) -> forms.Form:
    """Return the form by which something is put on a list."""
    return ROWS[kind](data, auto_id=f"{kind}-%s")
