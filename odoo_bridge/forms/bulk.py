"""Acting on many entries of the desk at once."""

from typing import Any

from django import forms

RETRY, DROP = "retry", "drop"


class Keys(forms.Field):
    """The keys of the rows whose boxes were ticked."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        """Return them as numbers."""
        try:
            return [int(key) for key in value or []]
        except ValueError as exc:
            raise forms.ValidationError("Choose from the list.") from exc


class ManyForm(forms.Form):
    """Entries that were chosen together."""

    @property
    def sentence(self) -> str:
        """The first thing that is wrong."""
        return next(str(error) for errors in self.errors.values() for error in errors)


class ManyConflictsForm(ManyForm):
    """Which conflicts."""

    entry = Keys(error_messages={"required": "Choose at least one."})


class ManyParkedForm(ManyForm):
    """Which parked entries, and what shall become of them.

    ``reason``: the digest of one; all that were refused for it are meant as well.
    """

    entry = Keys(required=False)
    reason = forms.CharField(required=False, max_length=32)
    act = forms.ChoiceField(choices=[(RETRY, RETRY), (DROP, DROP)])
    note = forms.CharField(required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Refuse to do it to nothing, and to drop without a note."""
        data = self.cleaned_data
        if not data.get("entry") and not data.get("reason"):
            raise forms.ValidationError("Choose at least one.")
        if data.get("act") == DROP and not data.get("note"):
            raise forms.ValidationError("Write why these changes are dropped.")
        return data
