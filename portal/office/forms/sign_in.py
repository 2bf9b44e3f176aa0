"""Signing in by a code that is texted."""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.office.forms.mobile import MobileNumberField


class AskForCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth is not typed
    """allauth's form, by mobile number alone: its own asks for an e-mail address, too."""

    email = None
    phone = MobileNumberField(label=_("Your mobile number"))

    def clean_phone(self) -> str:
        """Return the number, if codes were not asked for it too often.

        :raises ValidationError: they were, by somebody known or not.
        """
        try:
            return str(super().clean_phone())
        except forms.ValidationError as too_often:
            raise forms.ValidationError(
                _("Codes were asked for too often. Wait a while, or sign in with your password."),
                code="too_often",
            ) from too_often


class EnterCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth is not typed
    """allauth's form with the keyboard of figures."""

    code = forms.CharField(
        label=_("Code"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        ),
    )
