"""Who sees to a lead, how far it is, and why it was lost."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from odoo_bridge.models import LeadStage, OdooUser
from odoo_bridge.selectors.leads import ShownLead


class LeadForm(forms.Form):
    """Owner and stage, by their ids in Odoo, beside what stood there when the page was made."""

    owner_odoo_id = forms.TypedChoiceField(
        label=_("Who sees to it"), coerce=int, empty_value=None, required=False
    )
    stage_odoo_id = forms.TypedChoiceField(
        label=_("Stage"), coerce=int, empty_value=None, required=False
    )
    seen_owner = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_stage = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        lead: ShownLead,
        choices: tuple[Sequence[LeadStage], Sequence[OdooUser]],
        data: Any = None,
    ) -> None:
        owner = lead.owner.odoo_id if lead.owner else None
        stage = lead.stage.odoo_id if lead.stage else None
        initial = {"owner_odoo_id": owner, "stage_odoo_id": stage}
        seen = {"seen_owner": owner, "seen_stage": stage}
        super().__init__(data, auto_id="lead-%s", initial={**initial, **seen})
        stages, owners = ([*offered] for offered in choices)
        # What it has now may be chosen again, though Odoo offers it to nobody else any more.
        if lead.owner is not None and lead.owner not in owners:
            owners.append(lead.owner)
        if lead.stage is not None and lead.stage not in stages:
            stages.append(lead.stage)
        nobody = ("", _("nobody yet"))
        _offer(self, "owner_odoo_id", [nobody, *((one.odoo_id, one.shown_name) for one in owners)])
        none = [("", "—")] if lead.stage is None else []
        _offer(self, "stage_odoo_id", [*none, *((one.odoo_id, one.name) for one in stages)])
        if lead.record.odoo_id is None:  # Odoo chooses the first stage when it makes the lead
            del self.fields["stage_odoo_id"]

    @property
    def changes(self) -> dict[str, int | None]:
        """What was chosen."""
        fields = ("owner_odoo_id", "stage_odoo_id")
        return {name: self.cleaned_data[name] for name in fields if name in self.fields}

    @property
    def seen(self) -> dict[str, int | None]:
        """What stood there when it was chosen."""
        values = self.cleaned_data
        return {"owner_odoo_id": values["seen_owner"], "stage_odoo_id": values["seen_stage"]}


class CloseForm(forms.Form):
    """How a lead ended."""

    reason = forms.CharField(
        label=_("Why, if it is lost"),
        max_length=200,
        required=False,
        help_text=_("One of Odoo's reasons by its name, or your own words."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="close-%s")


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, StrOrPromise]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - it is declared so
    field.choices = choices
