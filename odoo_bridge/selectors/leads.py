"""Leads as they shall be: what Odoo has, with what was promised and is not there yet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from odoo_bridge.commands import COMMANDS, ChangeLead, CloseLead, Command, ConvertLead
from odoo_bridge.models import LeadRecord, LeadStage, OdooUser, OutboxEntry
from odoo_bridge.selectors.promises import PRESSING, open_entries

State = OutboxEntry.State


@dataclass
class ShownLead:
    """A lead as it shall be; ``odoo`` is the state of its most pressing promise, if any.

    ``ending`` is ``won``, ``lost`` or empty.
    """

    record: LeadRecord
    stage: LeadStage | None
    owner: OdooUser | None
    is_opportunity: bool
    ending: str
    odoo: State | None = None

    @property
    def stream(self) -> str:
        """The key of its stream, for its history."""
        return stream_of(self.record)

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return not self.ending


def stream_of(record: LeadRecord) -> str:
    """Return the key of a lead's stream."""
    return f"lead:{record.uuid}"


def shown_leads(records: QuerySet[LeadRecord]) -> list[ShownLead]:
    """Return these leads as they shall be, in their order; four queries.

    A lead that was promised, and given up before Odoo made it, is none.
    """
    found = list(records.select_related("stage", "owner__contact", "customer__parent"))
    entries = open_entries(map(stream_of, found))
    coming = Coming(entry for one in entries.values() for entry in one)
    return [
        _as_promised(record, entries.get(stream_of(record), []), coming)
        for record in found
        if record.odoo_id or stream_of(record) in entries
    ]


class Coming:
    """The stages and people that promises name, by their ids in Odoo; at most two queries."""

    def __init__(self, entries: Iterable[OutboxEntry]) -> None:
        payloads = [entry.payload for entry in entries if entry.command == ChangeLead.name()]
        stages = {one.get("stage_odoo_id") for one in payloads} - {None}
        owners = {one.get("owner_odoo_id") for one in payloads} - {None}
        self.stages = LeadStage.objects.in_bulk(stages, field_name="odoo_id") if stages else {}
        people = OdooUser.objects.select_related("contact")
        self.owners = people.in_bulk(owners, field_name="odoo_id") if owners else {}


def ending_of(record: LeadRecord) -> str:
    """Return how a lead ended in Odoo: ``won``, ``lost`` or, while it is open, empty."""
    if record.stage is not None and record.stage.is_won:
        return "won"
    return "" if record.active else "lost"


def _as_promised(record: LeadRecord, entries: list[OutboxEntry], coming: Coming) -> ShownLead:
    """Lay what was promised over what Odoo has. What it has refused counts as not so."""
    shown = ShownLead(
        record=record,
        stage=record.stage,
        owner=record.owner,
        is_opportunity=record.kind == "opportunity",
        ending=ending_of(record),
        odoo=min((State(entry.state) for entry in entries), key=PRESSING.index, default=None),
    )
    for entry in entries:
        if entry.state != State.PARKED and entry.command in APPLY:
            command = COMMANDS[entry.command].from_payload(entry.payload)
            APPLY[entry.command](shown, command, coming)
    return shown


def _change(shown: ShownLead, command: ChangeLead, coming: Coming) -> None:
    if command.stage_odoo_id is not None:
        shown.stage = coming.stages.get(command.stage_odoo_id, shown.stage)
    if command.owner_odoo_id is not None:
        shown.owner = coming.owners.get(command.owner_odoo_id)


def _convert(shown: ShownLead, _command: Command, _coming: Coming) -> None:
    shown.is_opportunity = True


def _close(shown: ShownLead, command: CloseLead, _coming: Coming) -> None:
    shown.ending = "won" if command.won else "lost"


APPLY: Mapping[str, Callable[[ShownLead, Any, Coming], None]] = {
    ChangeLead.name(): _change,
    ConvertLead.name(): _convert,
    CloseLead.name(): _close,
}
