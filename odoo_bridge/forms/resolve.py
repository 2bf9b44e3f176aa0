"""Deciding a conflict."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from odoo_bridge.models import Conflict


def field_name(conflict: Conflict) -> str:
    """Return the name of the field that asks about a conflict."""
    return f"conflict-{conflict.pk}"


class ResolveForm(forms.Form):
    """One choice for each open conflict of an entry."""

    def __init__(self, data: Mapping[str, Any], *, conflicts: Iterable[Conflict]) -> None:
        super().__init__(data)
        self.conflicts = list(conflicts)
        for conflict in self.conflicts:
            self.fields[field_name(conflict)] = forms.ChoiceField(choices=Conflict.Choice.choices)

    @property
    def choices(self) -> dict[int, Conflict.Choice]:
        """What was chosen, by the conflict's key; of a valid form."""
        return {
            conflict.pk: Conflict.Choice(self.cleaned_data[field_name(conflict)])
            for conflict in self.conflicts
        }
