"""What of a parked entry a person may edit now."""

import hashlib
import json

from odoo_bridge.commands import COMMANDS
from odoo_bridge.commands.editable import Editable
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.handlers import CHANGES


def editable_fields(entry: OutboxEntry) -> list[Editable]:
    """Return the fields of the entry's command that may be edited.

    Of a change only those of which is known what was seen in Odoo: what is changed without that
    could not be merged. Of anything else none while it may be done in Odoo already: then it is
    found there as it was, and an edit of it would be lost.
    """
    declared = COMMANDS[entry.command].EDITABLE
    changing = CHANGES.get(entry.command)
    if changing is None:
        return [] if entry.doubted_at else list(declared)
    return [
        one
        for one in declared
        if entry.payload.get(one.name) is not None or changing.words[one.name] in entry.base
    ]


def mark_of(entry: OutboxEntry) -> str:
    """Return what tells this payload from one that somebody has edited."""
    text = json.dumps(entry.payload, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
