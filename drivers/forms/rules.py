"""What the business wants of the drivers' day."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from drivers.models.rules import MOST_DAYS

EARLIEST, LATEST = dt.time(12), dt.time(20)


class RulesForm(forms.Form):
    """Each choice is a box: what is not ticked is not wanted; a time that is empty is never."""

    text_on_the_way = forms.BooleanField(
        label=_("Text the customer when the driver is on the way"),
        required=False,
        help_text=_("With about when, and the link to the page on which it can be followed."),
    )
    text_on_arrival = forms.BooleanField(
        label=_("Text the customer when the driver has arrived"), required=False
    )
    text_receipt = forms.BooleanField(
        label=_("Text the customer a receipt for money"),
        required=False,
        help_text=_("How much we got and in what, with a link to the receipt as PDF."),
    )
    evening_text_at = forms.TimeField(
        label=_("Tell customers of the next day, from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}),
        help_text=_(
            "The evening before: the window, and that they reply YES. Empty: nobody is told by"
            " itself."
        ),
    )

    keep_positions_days = forms.IntegerField(
        label=_("Keep where trucks are, for days"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_(
            "The phone then tells the office, and the customer to whom the driver is on the way,"
            " where the truck is: from the start of a run to its end, and only while the driver"
            " agrees. Empty or 0: phones are not asked."
        ),
    )

    def clean_keep_positions_days(self) -> int:
        """Return for how many days; none where nothing was typed."""
        return self.cleaned_data["keep_positions_days"] or 0

    def clean_evening_text_at(self) -> dt.time | None:
        """Return a time at which people still read texts."""
        at: dt.time | None = self.cleaned_data["evening_text_at"]
        if at is not None and not EARLIEST <= at <= LATEST:
            raise ValidationError(_("Give a time between noon and 8 in the evening."))
        return at
