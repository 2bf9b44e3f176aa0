"""A reply, a note, and what somebody said about texts."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_intake.gate.judge import LONGEST
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import SavedReply
from crm_intake.wording.placeholders import KNOWN, placeholders
from portal.core.phone import for_people


class ReplyForm(forms.Form):
    """A text to a person. ``seen`` is the last answer that the page showed."""

    number = forms.ChoiceField(label=_("To"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "r"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        numbers: Sequence[str],
        to: str | None = None,
        text: str = "",
        seen: Any = None,
    ) -> None:
        initial = {"text": text, "seen": seen} | ({"number": to} if to else {})
        super().__init__(data, auto_id="answer-%s", initial=initial)
        _choose_number(self, numbers)

    def clean_text(self) -> str:
        """Refuse what still has a word in braces that stands for something.

        :raises ValidationError: naming it.
        """
        text = str(self.cleaned_data["text"])
        if left := [one for one in placeholders(text) if one in KNOWN]:
            words = _("Write what {%(name)s} stands for: nothing is known of it here.")
            raise forms.ValidationError(words % {"name": left[0]})
        return text

    def let_see(self, answer: int) -> None:
        """Let the form, shown again, know of an answer that the page now shows."""
        self.data = {**self.cleaned_data, "seen": answer}


class SavedReplyForm(forms.Form):
    """Words for answers that are given often."""

    reply_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=60)
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        key = (initial or {}).get("reply_id", "new")
        super().__init__(data, auto_id=f"saved-{key}-%s", initial=initial)

    @classmethod
    def of(cls, kept: SavedReply) -> Self:
        """Return the form filled with one that is kept."""
        return cls(initial={"reply_id": kept.pk, "title": kept.title, "text": kept.text})

    def clean_text(self) -> str:
        """Refuse a word in braces that stands for nothing.

        :raises ValidationError: naming it.
        """
        text = str(self.cleaned_data["text"])
        if unknown := [one for one in placeholders(text) if one not in KNOWN]:
            names = ", ".join(f"{{{name}}}" for name in KNOWN)
            words = _("{%(name)s} stands for nothing: choose among %(known)s.")
            raise forms.ValidationError(words % {"name": unknown[0], "known": names})
        return text


class EraseForm(forms.Form):
    """Why a person's data are erased."""

    why = forms.CharField(
        label=_("Who asked for it, and how"),
        max_length=200,
        help_text=_("It stays in the audit: name nobody. The person must be erased in Odoo, too."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="erase-%s")


class NumberForm(forms.Form):
    """Another number of a person, and what they are called."""

    number = forms.CharField(
        label=_("Another number of theirs"),
        max_length=40,
        help_text=_("If somebody is known under it, the two become one. It cannot be undone."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="number-%s")


class NameForm(forms.Form):
    """What a person is called."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, name: str = "") -> None:
        super().__init__(data, auto_id="name-%s", initial={"name": name})


class NoteForm(forms.Form):
    """Something for the others of the office."""

    text = forms.CharField(
        label=_("Note for the office"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "data-key": "n"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="note-%s")


SAID = {
    "stop": (Kind.REVOKED, None),
    "news": (Kind.GRANTED, Purpose.DELIVERY),
    "sales": (Kind.GRANTED, Purpose.MARKETING),
}


class ConsentForm(forms.Form):
    """What a person said, or signed, about texts."""

    number = forms.ChoiceField(label=_("Number"))
    said = forms.ChoiceField(
        label=_("They said"),
        choices=[
            ("stop", _("no more texts")),
            ("news", _("yes to news of their deliveries")),
            ("sales", _("yes to advertising, in writing")),
        ],
    )
    action = forms.ChoiceField(
        label=_("How"),
        choices=[("spoken", _("spoken")), ("signature", _("signed on paper"))],
    )
    wording = forms.CharField(
        label=_("In their words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("To the letter, or what the paper says and where it is kept."),
    )

    def __init__(self, data: Any = None, *, numbers: Sequence[str]) -> None:
        super().__init__(data, auto_id="consent-%s")
        _choose_number(self, numbers)

    def clean(self) -> dict[str, Any]:
        """Refuse advertising that was agreed to in words alone."""
        values = super().clean() or {}
        if values.get("said") == "sales" and values.get("action") == "spoken":
            self.add_error("action", _("Advertising needs a signature: choose signed on paper."))
        return values


def _choose_number(form: forms.Form, numbers: Sequence[str]) -> None:
    field = form.fields["number"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - both forms have it so
    field.choices = [(one, for_people(one)) for one in numbers]
    if len(numbers) == 1:
        field.widget = forms.HiddenInput()
        field.initial = numbers[0]
