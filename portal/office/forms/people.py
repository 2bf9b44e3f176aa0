"""Inviting and changing people."""

from typing import Any, Self

from django import forms

from portal.accounts.models import Role, User
from portal.core.phone import for_people
from portal.office.forms.mobile import MobileNumberField


class InvitePersonForm(forms.Form):
    """Who gets an invitation, and as what."""

    name = forms.CharField(max_length=120)
    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(choices=Role.choices, initial=Role.OFFICE)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="invite-%s", **kwargs)  # the page has other forms


LARGEST_ID = 2**31 - 1  # Odoo's ids are PostgreSQL integers


class ChangePersonForm(forms.Form):
    """What an administrator may change about a person."""

    name = forms.CharField(max_length=120)
    phone = MobileNumberField(
        label="Mobile number",
        required=False,
        help_text="Whoever reads texts there can sign in by a code, unless as an administrator.",
    )
    role = forms.ChoiceField(choices=Role.choices)
    odoo_user_id = forms.IntegerField(
        label="Odoo user",
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="The user's number in Odoo.",
    )
    odoo_employee_id = forms.IntegerField(
        label="Odoo employee",
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="The employee's number.",
    )
    is_active = forms.BooleanField(label="May sign in", required=False)

    @classmethod
    def of(cls, person: User) -> Self:
        """Return the form filled with what is known of the person."""
        initial = {name: getattr(person, name) for name in cls.base_fields}
        return cls(initial=initial | {"phone": for_people(person.phone)})
