"""What a note or a file can be about."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from odoo_bridge.commands.base import Command


class About(StrEnum):
    """A kind of record; the value is the kind of its stream."""

    ORDER = "order"
    LEAD = "lead"
    PURCHASE = "purchase"
    CUSTOMER = "partner"


@dataclass(frozen=True, kw_only=True)
class AboutCommand(Command):
    """Something that is put with a record; ``about_uuid`` is our uuid of it."""

    about: About
    about_uuid: uuid.UUID

    @property
    def stream(self) -> str:
        """It goes with the record, which may be promised itself, and is then made first."""
        return f"{self.about}:{self.about_uuid}"
