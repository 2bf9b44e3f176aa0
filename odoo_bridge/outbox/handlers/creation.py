"""Commands that make one record: alone, or many of them in one call of ``load``."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from odoo_bridge.client import Cell, OdooError, OdooUnavailable, OutcomeUnknown, external_id
from odoo_bridge.client.batches import outcomes
from odoo_bridge.commands import Command
from odoo_bridge.models import Mirror, OutboxEntry
from odoo_bridge.outbox.acknowledge import acknowledge, acknowledge_all
from odoo_bridge.outbox.outcome import Acknowledgement
from odoo_bridge.outbox.sending import Sending, SendingTogether

Making = TypeVar("Making", bound=Command)


@dataclass(frozen=True)
class Creation(Generic[Making]):
    """What a command makes in Odoo: the model, its columns, and the cells of a command.

    ``kind`` and ``key`` are the name by which Odoo knows the record; ``mirror`` holds it here.
    """

    model: str
    columns: Sequence[str]
    cells: Callable[[Making], Sequence[Cell]]
    kind: str
    key: Callable[[Making], uuid.UUID]
    mirror: type[Mirror]

    def create(self, command: Making, odoo: Sending) -> Acknowledgement:
        """Create the record; give its mirror the id."""
        key = self.key(command)
        row = (odoo.external_id(self.kind, key), *self.cells(command))
        [odoo_id] = odoo.create(self.model, self.columns, row)
        return lambda: acknowledge(self.mirror, key, odoo_id)


@dataclass
class Created:
    """The ids of what was made, and why the rest was not; ``lost`` ended the calling early."""

    ids: dict[int, int] = field(default_factory=dict)  # by the entry's key
    errors: dict[int, OdooError] = field(default_factory=dict)
    lost: OdooError | None = None


def create_together(
    creation: Creation[Making], commands: Mapping[int, Making], odoo: SendingTogether
) -> Created:
    """Create the records of many entries, by entry, in as few calls as Odoo's refusals allow.

    :raises LeaseLost: they are not ours any more.
    """
    made = Created()
    called: list[int] = []
    rows = {
        entry: (external_id(odoo.access.instance, creation.kind, creation.key(command)), *cells)
        for entry, command in commands.items()
        for cells in [creation.cells(command)]
    }

    def send(entries: Sequence[int]) -> list[int]:
        called[:] = entries
        return odoo.create(creation.model, creation.columns, [rows[entry] for entry in entries])

    try:
        for entry, outcome in zip(commands, outcomes(list(commands), send), strict=True):
            if isinstance(outcome, OdooError):
                made.errors[entry] = outcome
            else:
                made.ids[entry] = outcome
    except OdooError as error:
        made.lost = error
        for entry in commands.keys() - made.ids.keys() - made.errors.keys():
            made.errors[entry] = error if entry in called else not_sent(error)
    return made


def not_sent(error: OdooError) -> OdooError:
    """What the failure of another entry's call means for one that was in no call."""
    if isinstance(error, OutcomeUnknown):
        return OdooUnavailable(error.reason, error.call, error.cause)
    return error


def acknowledge_created(
    creation: Creation[Making], commands: Mapping[int, Making], ids: Mapping[int, int]
) -> Callable[[Sequence[OutboxEntry]], None]:
    """Return what gives the mirrors of those entries that are settled their ids."""

    def acknowledgement(entries: Sequence[OutboxEntry]) -> None:
        keys = {creation.key(commands[entry.pk]): ids[entry.pk] for entry in entries}
        acknowledge_all(creation.mirror, keys)

    return acknowledgement
