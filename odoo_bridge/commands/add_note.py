"""A note for those who work in Odoo."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.about import AboutCommand
from odoo_bridge.commands.editable import Editable, Holds


@dataclass(frozen=True, kw_only=True)
class AddNote(AboutCommand):
    """Let the text stand under the record, once for ``note_uuid``. Nobody gets a mail of it."""

    label = _("A note")
    EDITABLE = (Editable("text", _("Note"), Holds.TEXT, required=True),)

    note_uuid: uuid.UUID
    text: str
