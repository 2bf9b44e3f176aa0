"""What the business chooses about calls and texts."""

from typing import Any, Self

from django import forms

from crm_intake.models import IntakeRules

LONGEST = 300


class IntakeForm(forms.Form):
    """The rules of the intake."""

    new_lead_after_days = forms.IntegerField(
        label="Days of one lead",
        min_value=0,
        max_value=365,
        help_text="A person's texts and calls go to their open lead, unless it is older."
        " 0: each is a lead of its own.",
    )
    leads_of_taken_calls = forms.ChoiceField(
        label="Calls that become leads when somebody took them",
        choices=IntakeRules.Taken.choices,
        help_text="A missed call always does. What is said goes to a person's open lead in any"
        " case.",
    )
    missed_call_text = forms.CharField(
        label="Text after a missed call",
        max_length=LONGEST,
        required=False,
        help_text="Sent once a day to a caller whom nobody took, in the hours in which texts may"
        " go. Empty: none is sent.",
    )
    segment_price = forms.DecimalField(
        label="Price of a text",
        min_value=0,
        max_digits=8,
        decimal_places=4,
        required=False,
        help_text="What the provider asks for one segment, in the currency of the business; a long"
        " text is several. It holds for what goes out from now on. Empty: unknown.",
    )
    stops_by_kind_since = forms.DateField(
        label="A stop ends only the news that it answers, from",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="FCC 26-67 allows it from a date that counsel can tell you. Empty: every stop"
        " ends all texts, which is always allowed.",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="intake-%s", **kwargs)  # the page has other forms

    @classmethod
    def of(cls, rules: IntakeRules) -> Self:
        """Return the form filled with what is chosen."""
        return cls(initial={name: getattr(rules, name) for name in cls.base_fields})
