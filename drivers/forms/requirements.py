"""What is wanted of the drivers: of everybody, and otherwise of some."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from drivers.models import Requirement
from odoo_bridge.models import Partner, Product

Act, Level = Requirement.Act, Requirement.Level
FOR_SOME = [choice for choice in Act.choices if choice[0] != Act.VEHICLE]
STRANGE = _("Search for a customer or a product, and choose one.")
KINDS: Mapping[str, QuerySet[Any]] = {
    "customer": Partner.objects.all(),
    "product": Product.objects.all(),
}


class LevelForm(forms.Form):
    """Another level of an exception."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)

    @classmethod
    def of(cls, row: Requirement) -> "LevelForm":
        """Return the form of one that is kept."""
        return cls(auto_id=f"exception-{row.pk}-%s", initial={"level": row.level})


class UsualForm(forms.Form):
    """A level for each act."""

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="usual-%s", initial=initial)
        for act, words in Act.choices:
            self.fields[act] = forms.ChoiceField(label=words, choices=Level.choices)


class ExceptionForm(forms.Form):
    """Of whom or with what it is wanted otherwise: ``whom`` is ``customer-7`` or ``product-7``."""

    whom = forms.CharField(
        max_length=30, error_messages={"required": STRANGE}, widget=forms.HiddenInput
    )
    act = forms.ChoiceField(label=_("What"), choices=FOR_SOME, initial=Act.PHOTO)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.REQUIRED)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="exception-%s")

    def clean(self) -> dict[str, Any]:
        """Return the customer or the product in place of ``whom``."""
        values = super().clean() or {}
        kind, _dash, key = values.pop("whom", "").partition("-")
        found = kind in KINDS and key.isdecimal() and KINDS[kind].filter(pk=key).first()
        if found:
            return {**values, kind: found}
        if "whom" not in self.errors:
            self.add_error("whom", STRANGE)
        return values

    @property
    def chosen(self) -> str:
        """Whom the page has marked."""
        return self.data.get("whom", "") if self.is_bound else ""
