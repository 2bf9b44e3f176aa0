"""What the office decides about an act."""

from django import forms
from django.utils.translation import gettext_lazy as _

from drivers.models.stop_action import LONGEST_WORDS


class DecisionForm(forms.Form):
    """Whether it counts, by the button that was pressed, and how it was settled otherwise."""

    counts = forms.BooleanField(required=False)
    note = forms.CharField(
        label=_("How it was settled"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput,
    )
