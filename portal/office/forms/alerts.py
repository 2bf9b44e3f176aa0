"""Who is told of troubles with Odoo."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.core.outside_address import AddressRefused, outside_address
from portal.setup.selectors.who_is_told import telling_choices

MOST = 20


class AlertsForm(forms.Form):
    """People of the portal, other mail addresses, and one chat, whose address is write-only."""

    people = forms.MultipleChoiceField(
        label="Told by mail", required=False, widget=forms.CheckboxSelectMultiple
    )
    addresses = forms.CharField(
        label="Other mail addresses", required=False, help_text="Several with commas between them."
    )
    chat_url = forms.CharField(
        label="Chat webhook",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="An incoming webhook of Slack or Mattermost. It is kept encrypted and not shown "
        "again: leave this empty to keep the one that is there.",
    )
    remove_chat = forms.BooleanField(label="Tell no chat any more", required=False)

    def __init__(self, data: Any = None) -> None:
        known = telling_choices()
        initial = {
            "people": [one.pk for one, is_told in known.people if is_told],
            "addresses": ", ".join(known.addresses),
        }
        super().__init__(data, initial=initial, auto_id="alerts-%s")  # the page has other forms
        self.chat_host = known.chat_host
        if not known.chat_host:
            del self.fields["remove_chat"]
        choices = [
            (one.pk, f"{one.name} ({one.get_role_display()})") for one, _told in known.people
        ]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def clean_people(self) -> list[int]:
        """Return the people's keys."""
        return [int(key) for key in self.cleaned_data["people"]]

    def clean_addresses(self) -> list[str]:
        """Return the addresses one by one."""
        words = (word.strip().lower() for word in self.cleaned_data["addresses"].split(","))
        addresses = list(dict.fromkeys(filter(None, words)))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError as exc:
                raise ValidationError(f"{address} is no mail address.") from exc
        if len(addresses) > MOST:
            raise ValidationError(f"At most {MOST} addresses can be told.")
        return addresses

    def clean_chat_url(self) -> str:
        """Return the address, which the portal may call as far as its text tells."""
        url = str(self.cleaned_data["chat_url"]).strip()
        if url:
            try:
                outside_address(url, may_be_local=settings.CHAT_MAY_BE_LOCAL)
            except AddressRefused as exc:
                raise ValidationError(str(exc)) from exc
        return url

    @property
    def chosen_chat(self) -> str | None:
        """The chat's new address, empty for none any more; ``None``: as it is. Of a valid form."""
        if self.cleaned_data["chat_url"]:
            return str(self.cleaned_data["chat_url"])
        return "" if self.cleaned_data.get("remove_chat") else None
