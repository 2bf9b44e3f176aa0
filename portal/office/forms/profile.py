"""The business profile's form."""

import zoneinfo
from typing import Any, Self

from django import forms
from phonenumbers import SUPPORTED_REGIONS

from portal.core.phone import for_people, to_e164
from portal.setup.models import HEX_COLOUR, BusinessProfile


def is_place(zone: str) -> bool:
    """Say whether a time zone is where somebody can be: the list has stopgaps too."""
    return zone == "UTC" or "/" in zone


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
        rf"{HEX_COLOUR[:-1]}\Z", label="Colour", widget=forms.TextInput(attrs={"type": "color"})
    )
    time_zone = forms.ChoiceField(
        choices=[(name, name) for name in sorted(zoneinfo.available_timezones()) if is_place(name)]
    )
    currency = forms.RegexField(r"^[A-Z]{3}\Z", help_text="Three letters, such as USD.")

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
        country = str(self.cleaned_data["country"]).upper()
        if country not in SUPPORTED_REGIONS:
            raise forms.ValidationError(f"{country} is no country. Write two letters, such as US.")
        return country

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
