"""A text to a customer about a delivery."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_intake.gate.judge import LONGEST
from scheduling.selectors.notices import Notice


class NoticeForm(forms.Form):
    """The words, and the job's moves as the page showed them: they are about that."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(max_length=LONGEST, label=_("Text"), widget=forms.Textarea({"rows": 4}))

    @classmethod
    def of(cls, notice: Notice, asked: Any = None) -> Self:
        """Return the form with the words that fit; ``asked`` is what it was refused for."""
        first = {"seen": notice.job.moves, "text": notice.text}
        return cls({**asked.dict(), "seen": notice.job.moves} if asked else None, initial=first)
