"""Correcting what Odoo has refused: a form made of what the command lets a person edit."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands import COMMANDS, Change
from odoo_bridge.commands.editable import Editable, Holds
from odoo_bridge.models import CountryState, OdooUser, OutboxEntry
from odoo_bridge.services.editable_fields import editable_fields, mark_of
from portal.core.phone import to_e164
from portal.setup.selectors.profile import business_profile

IDS = {Holds.STATE, Holds.COUNTRY, Holds.OWNER}
NUMBERS = {Holds.LATITUDE, Holds.LONGITUDE}
Choices = list[tuple[int | str, str]]


class PhoneField(forms.CharField):
    """A telephone number as E.164; what was there already may stay as it is."""

    def clean(self, value: Any) -> str:
        """Return the number."""
        text = str(super().clean(value))
        if not text or text == self.initial:
            return text
        number = to_e164(text, country=business_profile().country)
        if number is None:
            raise forms.ValidationError(
                f"{text} is no telephone number. Write it with its area code."
            )
        return number


def degrees(most: int) -> Callable[..., forms.Field]:
    """Return what makes a field for degrees up to ``most``, north or east, south or west."""

    def field(**shown: Any) -> forms.Field:
        return forms.DecimalField(
            min_value=-most, max_value=most, decimal_places=7, max_digits=10, **shown
        )

    return field


def chosen(choices: Callable[[], Choices]) -> Callable[..., forms.Field]:
    """Return what makes a field that offers Odoo's records by their names."""

    def field(*, initial: int | None, **shown: Any) -> forms.Field:
        offered = choices()
        if initial and initial not in dict(offered):
            offered.insert(0, (initial, f"#{initial}"))
        return forms.TypedChoiceField(
            choices=[("", "—"), *offered],
            coerce=int,
            empty_value=None,
            initial=initial or "",
            **shown,
        )

    return field


def states() -> Choices:
    """Return the states of all countries."""
    known = CountryState.objects.filter(odoo_id__isnull=False, deleted_at=None)
    return [(one.known_odoo_id, f"{one.name} ({one.code})") for one in known.order_by("name", "pk")]


def owners() -> Choices:
    """Return those who work with Odoo."""
    known = OdooUser.objects.filter(
        odoo_id__isnull=False, deleted_at=None, active=True, is_outsider=False
    ).select_related("contact")
    users = [(one.known_odoo_id, one.shown_name) for one in known]
    return sorted(users, key=lambda user: user[1])


def country(**shown: Any) -> forms.Field:
    """Return a field for a country by its number: the portal does not mirror countries."""
    help_text = _("The country's number in Odoo: 233 is the United States.")
    return forms.IntegerField(min_value=1, help_text=help_text, **shown)


def line(**shown: Any) -> forms.Field:
    """Return a field for one line of text."""
    return forms.CharField(max_length=255, **shown)


def text(**shown: Any) -> forms.Field:
    """Return a field for several lines of text."""
    return forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), **shown)


def phone(**shown: Any) -> forms.Field:
    """Return a field for a telephone number."""
    return PhoneField(max_length=64, **shown)


def email(**shown: Any) -> forms.Field:
    """Return a field for a mail address."""
    return forms.EmailField(max_length=255, **shown)


FIELDS: Mapping[Holds, Callable[..., forms.Field]] = {
    Holds.LINE: line,
    Holds.TEXT: text,
    Holds.PHONE: phone,
    Holds.EMAIL: email,
    Holds.LATITUDE: degrees(90),
    Holds.LONGITUDE: degrees(180),
    Holds.STATE: chosen(states),
    Holds.COUNTRY: country,
    Holds.OWNER: chosen(owners),
}


class EditForm(forms.Form):
    """The fields of one parked entry; ``seen`` tells whether somebody has edited it since."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, entry: OutboxEntry) -> None:
        super().__init__(data, initial={"seen": mark_of(entry)})
        self.entry = entry
        self.editable = editable_fields(entry)
        for one in self.editable:
            self.fields[one.name] = FIELDS[one.holds](
                label=one.label, required=one.required, initial=entry.payload.get(one.name)
            )

    @property
    def values(self) -> dict[str, Any]:
        """What the payload shall hold, by its fields; of a valid form."""
        return {one.name: self.value_of(one) for one in self.editable}

    def value_of(self, one: Editable) -> Any:
        """Return a field's value as JSON holds it.

        What was empty and is left so stays as it was: of a change, that is not changed.
        """
        value, old = self.cleaned_data[one.name], self.entry.payload.get(one.name)
        if value in {None, ""}:
            return None if old is None else self.emptied(one)
        if one.holds in NUMBERS:
            return old if old and Decimal(old) == value else str(value)
        return value.replace("\r\n", "\n") if one.holds == Holds.TEXT else value

    def emptied(self, one: Editable) -> Any:
        """Return what empties a field: a change says so by 0 or an empty text."""
        if one.holds not in IDS | NUMBERS:
            return ""
        if not issubclass(COMMANDS[self.entry.command], Change):
            return None
        return 0 if one.holds in IDS else "0"
