"""What Odoo has not done yet of what was promised for a record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from odoo_bridge.commands import Command
from odoo_bridge.models import OutboxEntry

State = OutboxEntry.State
# The most pressing first.
PRESSING = (State.PARKED, State.CONFLICT, State.UNKNOWN, State.SENDING, State.QUEUED)


def open_promises(streams: Iterable[str]) -> dict[str, OutboxEntry.State]:
    """Return, for each stream that is not all done, the state that needs a look most; one query."""
    rows = OutboxEntry.objects.filter(
        stream__key__in=list(streams), state__in=OutboxEntry.OPEN
    ).values_list("stream__key", "state")
    worst: dict[str, OutboxEntry.State] = {}
    for key, text in rows:
        state = State(text)
        worst[key] = min(worst.get(key, state), state, key=PRESSING.index)
    return worst


def was_promised(stream: str) -> bool:
    """Say whether Odoo was ever promised something of this stream; one query."""
    return OutboxEntry.objects.filter(stream__key=stream).exists()


def open_entries(streams: Iterable[str]) -> Mapping[str, list[OutboxEntry]]:
    """Return what is not done of each stream, in its order; none for a stream not there."""
    rows = OutboxEntry.objects.filter(stream__key__in=list(streams), state__in=OutboxEntry.OPEN)
    found: defaultdict[str, list[OutboxEntry]] = defaultdict(list)
    for entry in rows.select_related("stream").order_by("stream", "seq"):
        found[entry.stream.key].append(entry)
    return found


def keys_promised(command: type[Command]) -> set[UUID]:
    """Return the business objects of which something of this kind is not done yet; one query."""
    rows = OutboxEntry.objects.filter(command=command.name(), state__in=OutboxEntry.OPEN)
    return {UUID(key.partition(":")[2]) for key in rows.values_list("stream__key", flat=True)}
