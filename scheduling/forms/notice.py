"""A text to a customer about a delivery."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_intake.gate.judge import LONGEST
from scheduling.selectors.notices import Notice


class NoticeForm(forms.Form):
    """The words, and what the portal would have said: they are about that situation."""

    about = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(max_length=LONGEST, label=_("Text"), widget=forms.Textarea({"rows": 4}))

    @classmethod
    def of(cls, notice: Notice, asked: Any = None) -> Self:
        """Return the form with the words that fit; ``asked`` is what it was refused for.

        Words about a situation that is over are not offered again.
        """
        if asked is None or asked.get("about") != notice.text:
            return cls(initial={"about": notice.text, "text": notice.text})
        return cls(asked)
