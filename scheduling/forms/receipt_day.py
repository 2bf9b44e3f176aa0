"""The day for which goods are expected."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.forms.day import PlannedDay
from scheduling.services.edit_purchase import HeadEdit


class ReceiptDayForm(forms.Form):
    """Another day. ``seen_planned_at`` is what the page showed."""

    day = PlannedDay(label=_("Expected on"), widget=forms.DateInput({"type": "date"}))
    seen_planned_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    @property
    def edit(self) -> HeadEdit:
        """What was changed of the purchase: nothing but its day. Of a valid form."""
        return HeadEdit(
            reference="",
            planned_on=self.cleaned_data["day"],
            seen_reference="",
            seen_planned_at=self.cleaned_data["seen_planned_at"],
        )
