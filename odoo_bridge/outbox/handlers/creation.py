"""Commands that make one record: alone, or many of them in one call of ``load``."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from odoo_bridge.client import Cell, OdooError, OdooUnavailable, OutcomeUnknown
from odoo_bridge.client.batches import outcomes
from odoo_bridge.commands import Command
from odoo_bridge.models import Mirror, OutboxEntry
from odoo_bridge.outbox.acknowledge import acknowledge, acknowledge_all
from odoo_bridge.outbox.outcome import Acknowledgement
from odoo_bridge.outbox.sending import Leased, Sending, SendingTogether

Making = TypeVar("Making", bound=Command)
Named = Callable[[str, uuid.UUID], str]  # the external id of a kind of record
Ids = Mapping[uuid.UUID, int]
StoreMore = Callable[[Collection[uuid.UUID]], None]


def nothing_more(_odoo: Leased, _ids: Ids) -> StoreMore:
    """Look at nothing: the mirror is read with the next poll."""
    return lambda _keys: None


@dataclass(frozen=True)
class Creation(Generic[Making]):
    """What a command makes in Odoo: the model, its columns, and the rows of a command.

    The first row is the record's own, each of the others adds a line to it. ``kind`` and ``key``
    are the name by which Odoo knows the record; ``mirror`` holds it here. ``look`` reads what else
    is to be stored once records are made, by their keys, for those of them that are settled.
    """

    model: str
    columns: Sequence[str]
    rows: Callable[[Making, Named], Sequence[Sequence[Cell]]]
    kind: str
    key: Callable[[Making], uuid.UUID]
    mirror: type[Mirror]
    look: Callable[[Leased, Ids], StoreMore] = nothing_more

    def create(self, command: Making, odoo: Sending) -> Acknowledgement:
        """Create the record; give its mirror the id."""
        key = self.key(command)
        [odoo_id] = odoo.create(self.model, self.columns, *self.record(command, odoo))
        store_more = self.look(odoo, {key: odoo_id})

        def acknowledgement() -> None:
            acknowledge(self.mirror, key, odoo_id)
            store_more([key])

        return acknowledgement

    def record(self, command: Making, odoo: Leased) -> list[Sequence[Cell]]:
        """Return the rows as ``load`` takes them: the external id stands in the first alone."""
        name = odoo.external_id(self.kind, self.key(command))
        own, *more = self.rows(command, odoo.external_id)
        return [(name, *own), *((None, *line) for line in more)]


@dataclass
class Created:
    """The ids of what was made, and why the rest was not; ``lost`` ended the calling early."""

    ids: dict[int, int] = field(default_factory=dict)  # by the entry's key
    errors: dict[int, OdooError] = field(default_factory=dict)
    lost: OdooError | None = None
    store_more: StoreMore = lambda _keys: None


def create_together(
    creation: Creation[Making], commands: Mapping[int, Making], odoo: SendingTogether
) -> Created:
    """Create the records of many entries, by entry, in as few calls as Odoo's refusals allow.

    :raises LeaseLost: they are not ours any more.
    """
    made = Created()
    called: list[int] = []
    records = {entry: creation.record(command, odoo) for entry, command in commands.items()}

    def send(entries: Sequence[int]) -> list[int]:
        called[:] = entries
        rows = [row for entry in entries for row in records[entry]]
        return odoo.create(creation.model, creation.columns, *rows)

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
    look_at_created(creation, commands, made, odoo)
    return made


def look_at_created(
    creation: Creation[Making], commands: Mapping[int, Making], made: Created, odoo: SendingTogether
) -> None:
    """Read what else is to be stored; what cannot be read now is made sure of once more."""
    try:
        ids = {creation.key(commands[entry]): odoo_id for entry, odoo_id in made.ids.items()}
        made.store_more = creation.look(odoo, ids)
    except OdooError as error:
        made.lost = made.lost or error
        made.errors |= dict.fromkeys(made.ids, error)
        made.ids = {}


def not_sent(error: OdooError) -> OdooError:
    """What the failure of another entry's call means for one that was in no call."""
    if isinstance(error, OutcomeUnknown):
        return OdooUnavailable(error.reason, error.call, error.cause)
    return error


def acknowledge_created(
    creation: Creation[Making], commands: Mapping[int, Making], made: Created
) -> Callable[[Sequence[OutboxEntry]], None]:
    """Return what gives the mirrors of those entries that are settled their ids."""

    def acknowledgement(entries: Sequence[OutboxEntry]) -> None:
        ids = {creation.key(commands[entry.pk]): made.ids[entry.pk] for entry in entries}
        acknowledge_all(creation.mirror, ids)
        made.store_more(ids.keys())

    return acknowledgement
