"""The business profile's form."""

import zoneinfo
from typing import Any, Self

from django import forms

from portal.core.phone import for_people, to_e164
from portal.setup.models import HEX_COLOUR, BusinessProfile


class ProfileForm(forms.Form):
    """What the business tells of itself; the phones as one line with commas."""

    name = forms.CharField(max_length=80)
    street = forms.CharField(max_length=120, required=False)
    city = forms.CharField(max_length=80, required=False)
    region = forms.CharField(label="State", max_length=80, required=False)
    postcode = forms.CharField(label="ZIP code", max_length=16, required=False)
    country = forms.CharField(max_length=2, min_length=2, help_text="Two letters, such as US.")
    phones = forms.CharField(required=False, help_text="Several with commas between them.")
    email = forms.EmailField(label="E-mail address", required=False)
    accent = forms.RegexField(
        HEX_COLOUR, label="Colour", widget=forms.TextInput(attrs={"type": "color"})
    )
    time_zone = forms.ChoiceField(
        choices=[(name, name) for name in sorted(zoneinfo.available_timezones())]
    )
    currency = forms.RegexField("^[A-Z]{3}$", help_text="Three letters, such as USD.")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="profile-%s", **kwargs)  # the page has other forms

    @classmethod
    def of(cls, profile: BusinessProfile) -> Self:
        """Return the form filled with the profile."""
        initial: dict[str, Any] = {name: getattr(profile, name) for name in cls.base_fields}
        initial["phones"] = ", ".join(for_people(phone) for phone in profile.phones)
        return cls(initial=initial)

    def clean_country(self) -> str:
        """Return the country in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean_phones(self) -> list[str]:
        """Return the numbers as E.164."""
        country = str(self.data.get("country", "")).upper()
        numbers = []
        for text in filter(None, (word.strip() for word in self.cleaned_data["phones"].split(","))):
            number = to_e164(text, country=country)
            if number is None:
                raise forms.ValidationError(
                    f"{text} is no telephone number. Write it with its area code."
                )
            numbers.append(number)
        return numbers
