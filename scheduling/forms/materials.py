"""What is loaded: materials, groups that clash, and which product is which."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from odoo_bridge.models import Product
from scheduling.models import LoadGroup, Material


class MaterialForm(forms.Form):
    """A material; ``material_id`` of one that is kept, 0 of a new one."""

    material_id = 0
    name = forms.CharField(label=_("Name"), max_length=60)
    density = forms.DecimalField(
        label=_("Density, kg/m³"),
        required=False,
        min_value=0,
        max_value=25_000,
        decimal_places=2,
        help_text=_("Empty: unknown. It tells the weight by the volume, and the other way round."),
    )
    heaping = forms.DecimalField(
        label=_("Heap"),
        min_value=1,
        max_value=5,
        decimal_places=2,
        initial=1,
        help_text=_("How many times a level bed holds of it: 1.15 with a heap of 15 %."),
    )
    group = forms.ModelChoiceField(
        LoadGroup.objects.all(), label=_("Group"), required=False, empty_label=_("none")
    )

    @classmethod
    def of(cls, material: Material, data: Any = None) -> Self:
        """Return the form of a material that is kept."""
        known = {name: getattr(material, name) for name in cls.base_fields}
        known["density"] = known["density"] or None
        form = cls(data, auto_id=f"material-{material.pk}-%s", initial=known)
        form.material_id = material.pk
        return form

    def offer(self, groups: Iterable[LoadGroup]) -> Self:
        """Offer these groups, which a page with many such forms reads once."""
        choices = [("", _("none")), *((one.pk, one.name) for one in groups)]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]
        return self

    def clean_density(self) -> Decimal:
        """Return 0 for unknown."""
        return self.cleaned_data["density"] or Decimal(0)


class GroupForm(forms.Form):
    """A group of materials."""

    name = forms.CharField(
        label=_("Group"), max_length=60, help_text=_("What is alike: food, fuel, soil.")
    )


class ClashForm(forms.Form):
    """Two groups that may not share a bed."""

    groups = forms.ModelMultipleChoiceField(
        LoadGroup.objects.order_by("name"),
        label=_("These two may not share a bed"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick two groups.")},
    )

    def clean(self) -> dict[str, Any]:
        """Return the two in order."""
        values = super().clean() or {}
        if self.errors:
            return values
        pair = sorted(values["groups"], key=lambda group: group.pk)
        if len(pair) != 2:
            self.add_error("groups", _("Tick two groups."))
        return {"first": pair[0], "second": pair[-1]}


ROWS: dict[str, type[forms.Form]] = {
    "material": MaterialForm,
    "group": GroupForm,
    "clash": ClashForm,
}


def row_form(kind: str, data: Any = None) -> forms.Form:
    """Return the form by which something is put on a list."""
    return ROWS[kind](data, auto_id=f"{kind}-%s")


class ProductsForm(forms.Form):
    """Products, and the material that they are."""

    products = forms.ModelMultipleChoiceField(
        Product.objects.all(),
        error_messages={"required": _("Tick at least one product.")},
    )
    material = forms.ModelChoiceField(
        Material.objects.order_by("name"), label=_("are"), required=False, empty_label=_("none")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="products-%s")
