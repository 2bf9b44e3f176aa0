"""Who gets which new leads."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm_intake.models import LeadRoute
from crm_intake.territory import territory
from odoo_bridge.models import OdooUser
from portal.core.phone import to_e164


class TurnsForm(forms.Form):
    """Who gets leads by turns."""

    owners = forms.TypedMultipleChoiceField(
        label=_("By turns"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, people: Sequence[OdooUser], data: Any = None, *, chosen: Collection[int] = ()
    ) -> None:
        super().__init__(data, auto_id="turns-%s", initial={"owners": chosen})
        _offer(self.fields["owners"], people)


class RouteForm(forms.Form):
    """Whose leads from a number or a territory are."""

    kind = forms.ChoiceField(label=_("By"), choices=LeadRoute.Kind.choices)
    value = forms.CharField(
        label=_("Number or territory"),
        max_length=40,
        help_text=_(
            "The number that was called; or a state (NH), the beginning of a postcode (033) or of"
            " the caller's number (+1 603)."
        ),
    )
    owner = forms.TypedChoiceField(label=_("Who gets it"), coerce=int)

    def __init__(self, people: Sequence[OdooUser], data: Any = None) -> None:
        super().__init__(data, auto_id="route-%s")
        _offer(self.fields["owner"], people)

    def clean(self) -> dict[str, Any]:
        """Bring the value into the shape in which it is kept."""
        values = super().clean() or {}
        if "kind" not in values or "value" not in values:
            return values
        if values["kind"] == LeadRoute.Kind.NUMBER:
            kept = to_e164(values["value"], country=settings.BUSINESS_COUNTRY)
            why = _("This is no telephone number. Write it with its area code.")
        else:
            kept = territory(values["value"])
            why = _("Write a state (NH), three to five digits of a postcode, or +1 603.")
        if kept is None:
            self.add_error("value", why)
        return {**values, "value": kept}


def _offer(field: forms.Field, people: Sequence[OdooUser]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - both forms have it so
    field.choices = [(one.pk, one.shown_name) for one in people]
