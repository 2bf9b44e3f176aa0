"""``AddNote``: one call, since the note has an external id."""

from collections.abc import Callable

from odoo_bridge.commands import AddNote
from odoo_bridge.outbox.sending import Sending
from odoo_bridge.outbox.steps import note_on
from odoo_bridge.outbox.subjects import SUBJECTS, find


def add_note(command: AddNote, odoo: Sending) -> Callable[[], None]:
    """Write the note under its record. The portal keeps nothing of it.

    :raises OdooRejected: the record is gone, or Odoo said no.
    """
    subject = SUBJECTS[command.about]
    odoo_id = find(odoo, subject, command.about_uuid)
    key = odoo.external_id("note", command.note_uuid)
    note_on(odoo, subject.odoo_model, odoo_id, key=key, text=command.text)
    return lambda: None
