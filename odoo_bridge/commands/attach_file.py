"""A photo or a document for those who work in Odoo."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from odoo_bridge.commands.about import About, AboutCommand

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class AttachFile(AboutCommand):
    """Let the file be attached to the record, or to this transfer of it; once for ``file_uuid``.

    ``filename`` is what people see. The bytes stay in our storage under ``storage_name``, at most
    ``MOST_BYTES``; ``sha256`` is their digest in hexadecimal.
    """

    label = _("A file")

    file_uuid: uuid.UUID
    filename: str
    storage_name: str
    sha256: str
    mimetype: str
    transfer_uuid: uuid.UUID | None = None

    @property
    def stream(self) -> str:
        """An order's files go beside it: one that cannot be sent must not hold up the money."""
        if self.about == About.ORDER:
            return f"order_files:{self.about_uuid}"
        return super().stream
