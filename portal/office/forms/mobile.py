"""A mobile number, as people write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_profile


class MobileNumberField(forms.CharField):
    """Gives the number as E.164; one without a country code is of the business's country."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the number; an empty text where none is needed.

        :raises ValidationError: this is no number, or one is needed.
        """
        text = super().clean(value)
        if not text:
            return ""
        number = to_e164(text, country=business_profile().country)
        if number is None:
            raise forms.ValidationError(
                _("This is no telephone number. Write it with its area code."), code="no_number"
            )
        return number
