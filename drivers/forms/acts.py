"""What the driver's buttons send. Each carries the id of the tap, made with the page."""

import uuid
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _


class ActForm(forms.Form):
    """A tap."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MoneyForm(ActForm):
    """Cash, as it was counted."""

    amount = forms.DecimalField(
        label=_("Amount received"),
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
    )
