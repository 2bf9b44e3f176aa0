"""What a person may edit in a promise that Odoo refused."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Holds(StrEnum):
    """What a field holds: it says how it is asked for and checked."""

    LINE = "LINE"
    TEXT = "TEXT"  # several lines
    PHONE = "PHONE"  # E.164, or what the provider called the sender
    EMAIL = "EMAIL"
    LATITUDE = "LATITUDE"  # degrees
    LONGITUDE = "LONGITUDE"
    STATE = "STATE"  # of a country, by Odoo's id
    COUNTRY = "COUNTRY"  # by Odoo's id
    OWNER = "OWNER"  # a user of Odoo, by its id


@dataclass(frozen=True)
class Editable:
    """One field of a command, in the portal's words."""

    name: str
    label: Promise
    holds: Holds = Holds.LINE
    required: bool = False
