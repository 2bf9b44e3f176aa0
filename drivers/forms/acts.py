"""What a driver's phone says that was done, act by act."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from crm_intake.gate.judge import LONGEST
from drivers.forms.moments import moment
from drivers.forms.plain import plain, unreadable
from drivers.models import Collection, StopAction
from drivers.services.deliver_stop import Line

What = StopAction.What
MOST_ACTS = 50
MOST_LINES = 200
MOST_MONEY = Decimal(100_000)
MOST_BYTES = 8 * 1024 * 1024
LONGEST_TEXT = 2000
A_WHY = plain("Why: say it in at most 200 letters.")
A_TEXT = plain(f"Words for the office: type 1 to {LONGEST_TEXT} letters.")
AN_AMOUNT = plain(f"Amount: type a number from 0.01 to {MOST_MONEY}, with at most two decimals.")
A_PICTURE = plain("This picture cannot be sent as it is. Take another one.")
A_SPOT = plain("The place of this picture cannot be read. Take another one.")
NO_LIST = unreadable("lines")
ODD_LINE = "Quantity: type a number with at most four decimals, and why in at most 200 letters."
TWICE = "A product is there twice. Go back, and say each once."
ODD_CHECK = "A check has a number, and cash has none. Type the number, or choose the other."


class LineForm(forms.Form):
    """One product of a load."""

    move = forms.IntegerField(min_value=1)
    quantity = forms.DecimalField(min_value=0, max_digits=12, decimal_places=4)
    reason = forms.CharField(required=False, max_length=200)


class LinesField(forms.Field):
    """A list of what ``LineForm`` takes, each move once."""

    def clean(self, value: Any) -> tuple[Line, ...]:
        """Return the lines.

        :raises forms.ValidationError: one of them is not right.
        """
        if value in (None, ""):
            return ()
        if not isinstance(value, list) or len(value) > MOST_LINES:
            raise forms.ValidationError(NO_LIST)
        checked = [LineForm(one if isinstance(one, dict) else {}) for one in value]
        if not all(form.is_valid() for form in checked):
            raise forms.ValidationError(ODD_LINE)
        lines = tuple(Line(**form.cleaned_data) for form in checked)
        if len({line.move for line in lines}) < len(lines):
            raise forms.ValidationError(TWICE)
        return lines


class NothingForm(forms.Form):
    """An act that says nothing more."""


class WentOnForm(forms.Form):
    """An act before which something was asked for; ``why`` is why the driver went on without."""

    why = forms.CharField(required=False, max_length=200, error_messages=A_WHY)


class VehicleForm(forms.Form):
    """The truck was looked at."""

    defects = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        error_messages=plain(
            f"What is wrong with the truck: say it in at most {LONGEST_TEXT} letters."
        ),
    )


class LoadedForm(forms.Form):
    """The load was looked at; ``lines`` are what differs."""

    lines = LinesField(required=False, error_messages=plain(NO_LIST))
    note = forms.CharField(required=False, max_length=LONGEST_TEXT, error_messages=A_TEXT)


class DeliveredForm(WentOnForm):
    """The goods were handed over; ``lines`` are those of which not all was."""

    lines = LinesField(required=False, error_messages=plain(NO_LIST))


class LeftForm(WentOnForm):
    """Nothing was handed over."""

    reason = forms.CharField(
        max_length=200,
        error_messages=plain("Say why it was not taken, in at most 200 letters."),
    )
    goes_again = forms.BooleanField(required=False)


class FileForm(forms.Form):
    """A picture or a signature, whose bytes come after: where it was made, and how exactly (m)."""

    sha256 = forms.RegexField(r"[0-9a-f]{64}\Z", error_messages=A_PICTURE)
    size = forms.IntegerField(min_value=1, max_value=MOST_BYTES, error_messages=A_PICTURE)
    signer = forms.CharField(
        required=False,
        max_length=100,
        error_messages=plain("Who signs: type at most 100 letters."),
    )
    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, error_messages=A_SPOT
    )
    longitude = forms.DecimalField(
        required=False, min_value=-180, max_value=180, error_messages=A_SPOT
    )
    accuracy = forms.FloatField(required=False, min_value=0, error_messages=A_SPOT)


class TextForm(forms.Form):
    """Words for the office; ``instead_of`` is what they say why it was not done."""

    text = forms.CharField(max_length=LONGEST_TEXT, error_messages=A_TEXT)
    instead_of = forms.ChoiceField(
        required=False,
        choices=[("COLLECTED", "COLLECTED")],
        error_messages=plain(unreadable("instead_of")),
    )


class TextedForm(forms.Form):
    """Words for the customer; a provider takes no more at once."""

    text = forms.CharField(
        max_length=LONGEST,
        error_messages=plain(f"Words for the customer: type 1 to {LONGEST} letters."),
    )


class CardForm(forms.Form):
    """So much is to be paid by card."""

    amount = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=MOST_MONEY,
        decimal_places=2,
        error_messages=AN_AMOUNT,
    )


class MoneyForm(forms.Form):
    """Money, as it was counted; ``number`` is a check's, ``due`` what the phone knew to be due."""

    method = forms.ChoiceField(
        choices=Collection.Method.choices,
        error_messages=plain("Say whether it was cash or a check."),
    )
    amount = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=MOST_MONEY,
        decimal_places=2,
        error_messages=AN_AMOUNT,
    )
    number = forms.CharField(
        required=False,
        max_length=20,
        error_messages=plain("Number of the check: type at most 20 letters."),
    )
    reason = forms.CharField(required=False, max_length=200, error_messages=A_WHY)
    due = forms.DecimalField(
        required=False, min_value=0, max_digits=14, error_messages=plain(unreadable("due"))
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a check without its number, and a number without a check."""
        values = super().clean() or {}
        is_check = values.get("method") == Collection.Method.CHECK
        if is_check != bool(values.get("number")):
            self.add_error("number", ODD_CHECK)
        return values


FORMS: Mapping[str, type[forms.Form]] = {
    What.STARTED: WentOnForm,
    What.VEHICLE: VehicleForm,
    What.LOADED: LoadedForm,
    What.ON_MY_WAY: NothingForm,
    What.ARRIVED: NothingForm,
    What.DELIVERED: DeliveredForm,
    What.REFUSED: LeftForm,
    What.NOBODY: LeftForm,
    What.COLLECTED: MoneyForm,
    What.CARD_LINK: CardForm,
    What.PHOTO: FileForm,
    What.SIGNED: FileForm,
    What.CHECK: FileForm,
    What.TEXTED: TextedForm,
    What.NOTED: TextForm,
    What.ISSUE: TextForm,
    What.ENDED: NothingForm,
}


class ActForm(forms.Form):
    """What every act says."""

    id = forms.UUIDField()
    n = forms.IntegerField(min_value=0, max_value=2**53)
    after = forms.UUIDField(required=False)
    what = forms.ChoiceField(choices=What.choices)
    run = forms.UUIDField()
    stop = forms.UUIDField(required=False)
    claim = forms.CharField(required=False, max_length=1000)
    at = moment()

    def clean(self) -> dict[str, Any]:
        """Refuse an act about a stop that names none."""
        values = super().clean() or {}
        about_stops = (*FORMS.keys() - {*StopAction.ABOUT_RUNS, What.NOTED, What.ISSUE},)
        if values.get("what") in about_stops and not values.get("stop"):
            self.add_error("stop", "This is about a stop: say which.")
        return values


class BatchForm(forms.Form):
    """What comes in one request. ``acts`` are taken one by one."""

    driver = forms.IntegerField()
    phone = forms.UUIDField()
    sent_at = moment()

    def clock_ahead(self, now: dt.datetime) -> dt.timedelta:
        """Return how much the phone's clock was ahead of ours when it sent this."""
        sent: dt.datetime = self.cleaned_data["sent_at"]
        return sent - now


def words_of(form: forms.Form) -> str:
    """Return what is wrong with a form, each with its field."""
    return " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
