"""An entry that waits for a person."""

from odoo_bridge.errors import EntryMovedOn
from odoo_bridge.models import OutboxEntry


def waiting_entry(entry_id: int, *states: OutboxEntry.State) -> OutboxEntry:
    """Return the entry, locked, which must be in one of these states.

    :raises EntryMovedOn: it is not any more.
    """
    [entry] = OutboxEntry.objects.select_for_update().filter(pk=entry_id)
    if entry.state not in states:
        words = entry.get_state_display().lower()
        raise EntryMovedOn(f"This change no longer waits for a person: it is {words} now.")
    return entry
