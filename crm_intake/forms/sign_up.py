"""A number, and a box to tick: what people fill in to get news by text.

What programs fill in is told by a field that nobody sees, and by how soon it comes back.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "crm_intake.sign_up"
SOONEST = dt.timedelta(seconds=2)
LATEST = dt.timedelta(hours=12)


class SignUpForm(forms.Form):
    """The public form. ``website`` is seen by programs alone."""

    number = forms.CharField(
        label=_("Mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    agree = forms.BooleanField(
        error_messages={"required": _("Tick the box to agree, or leave the page.")}
    )
    website = forms.CharField(required=False, max_length=200)
    made = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="sign-up-%s", initial={"made": made_now()})

    def clean_made(self) -> str:
        """Refuse what comes back sooner than a person types, or far too late.

        :raises ValidationError: it was not made here, or not at such a time.
        """
        made = str(self.cleaned_data["made"])
        try:
            signing.TimestampSigner(salt=SALT).unsign(made, max_age=LATEST)
        except signing.BadSignature as exc:
            raise forms.ValidationError(_("The page is too old. Please try again.")) from exc
        try:
            signing.TimestampSigner(salt=SALT).unsign(made, max_age=SOONEST)
        except signing.SignatureExpired:
            return made
        raise forms.ValidationError(_("That was very quick. Please try again."))

    def begin_anew(self) -> None:
        """Let the form, shown again, count from now."""
        # By items: what a query has of a name is a list otherwise.
        self.data = {**dict(self.data.items()), "made": made_now()}

    @property
    def is_of_a_program(self) -> bool:
        """Whether what nobody sees was filled in."""
        return bool(self.cleaned_data.get("website"))


def made_now() -> str:
    """Return a signed note of when the form was made."""
    return signing.TimestampSigner(salt=SALT).sign("form")
