"""What is counted at the office, and what the bank took."""

import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from drivers.forms.plain import plain
from drivers.selectors.cash import Safe
from drivers.selectors.cash_on_road import Purse
from drivers.services.count_hand_in import Count
from drivers.services.make_deposit import Slip

STRANGE = _("This is not what the page has sent. Reload it.")
MOST = Decimal(1_000_000)
SIGN = re.compile(r"^[^\d.,+-]+")  # of the currency
THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


class SumField(forms.DecimalField):
    """A sum of money that was counted, also as people write it: ``$1,412.00``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **about: Any) -> None:
        words = _("Type an amount from 0.00 to 1,000,000.00.")
        super().__init__(
            min_value=0, max_value=MOST, decimal_places=2, error_messages=plain(words), **about
        )

    def clean(self, value: Any) -> Any:
        """Return the sum, read without its sign and the commas of its thousands.

        :raises forms.ValidationError: it is none.
        """
        typed = SIGN.sub("", str(value or "").strip())
        return super().clean(typed.replace(",", "") if THOUSANDS.fullmatch(typed) else typed)


class KeysField(forms.Field):
    """What is ticked of a list, by the keys that ``key_of`` reads."""

    widget = forms.MultipleHiddenInput

    def __init__(self, key_of: Callable[[str], Any], **about: Any) -> None:
        super().__init__(**about)
        self.key_of = key_of

    def clean(self, value: Any) -> frozenset[Any]:
        """Return the keys.

        :raises forms.ValidationError: one of them is none.
        """
        self.validate(value)
        try:
            return frozenset(self.key_of(text) for text in value)
        except ValueError as strange:
            raise forms.ValidationError(STRANGE) from strange


def keys_in(text: str) -> frozenset[int]:
    """Return the keys of a list with commas.

    :raises ValueError: one of them is none.
    """
    return frozenset(int(key) for key in text.split(","))


class CountForm(forms.Form):
    """A driver's money in one currency; ``seen`` is what the page has shown of it."""

    cash = SumField(label=_("Cash counted"))
    reason = forms.CharField(
        label=_("Why it differs, or a check is missing"), required=False, max_length=200
    )
    seen = forms.CharField(max_length=100_000)
    checks = KeysField(int, required=False)

    @classmethod
    def of(cls, purse: Purse) -> "CountForm":
        """Return an empty form; where there is no cash, none is what is counted."""
        initial = {} if purse.cash else {"cash": Decimal("0.00")}
        return cls(auto_id=f"count-{purse.key}-%s", initial=initial)

    def clean_seen(self) -> frozenset[int]:
        """Return the keys of what was seen."""
        try:
            return keys_in(self.cleaned_data["seen"])
        except ValueError as strange:
            raise forms.ValidationError(STRANGE) from strange

    def count(self, *, driver_id: int, currency: int) -> Count:
        """Return what a valid form says of this driver's money."""
        return Count(driver_id=driver_id, currency=currency, **self.cleaned_data)

    @property
    def ticked(self) -> frozenset[int]:
        """The checks that are marked."""
        return self.cleaned_data.get("checks", frozenset()) if self.is_bound else frozenset()


class DepositForm(forms.Form):
    """What the bank's slip says."""

    amount = SumField(label=_("What the bank took"))
    reference = forms.CharField(label=_("Number of the bank's slip"), max_length=60)
    reason = forms.CharField(label=_("Why it differs"), required=False, max_length=200)
    hand_ins = KeysField(
        uuid.UUID, error_messages={"required": _("Tick what was brought to the bank.")}
    )

    @classmethod
    def of(cls, safe: Safe) -> "DepositForm":
        """Return an empty form that brings all that is in the office."""
        form = cls(auto_id=f"deposit-{safe.currency}-%s")
        form.initial = {"hand_ins": frozenset(one.uuid for one in safe.hand_ins)}
        return form

    def slip(self, *, currency: int) -> Slip:
        """Return what a valid form says."""
        return Slip(currency=currency, **self.cleaned_data)

    @property
    def ticked(self) -> frozenset[uuid.UUID]:
        """The hand-ins that are marked."""
        said = self.cleaned_data if self.is_bound else self.initial
        ticked: frozenset[uuid.UUID] = said.get("hand_ins", frozenset())
        return ticked
