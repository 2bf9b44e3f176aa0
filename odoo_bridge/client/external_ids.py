"""The names under which our records are known in Odoo: the keys that make a create repeatable.

``__portal_<instance>__.<kind>_<uuid>``, the uuid in its usual form with hyphens, so that one copied
from a page or a log is found in Odoo, and the other way round. Odoo forbids spaces in a name and
splits at the first dot; neither can appear. The module's name can never be installed, so no upgrade
of a module deletes our keys (Odoo 19: base ir_model).
"""

import re
from uuid import UUID

INSTANCE = re.compile(r"[a-z0-9]+")
KIND = re.compile(r"[a-z][a-z0-9_]*")


def external_module(instance: str) -> str:
    """The part before the dot: one for each portal, so that two portals never share a record.

    :raises ValueError: the instance has other characters than small letters and digits.
    """
    if not INSTANCE.fullmatch(instance):
        raise ValueError("The instance of a portal is made of small letters and digits.")
    return f"__portal_{instance}__"


def external_id(instance: str, kind: str, uuid: UUID) -> str:
    """The full external id, e.g. ``__portal_7f3a__.lead_0b4e2c1e-…``.

    :raises ValueError: the instance or the kind has a character that Odoo would trip over.
    """
    if not KIND.fullmatch(kind):
        raise ValueError("A kind is made of small letters, digits and underscores.")
    return f"{external_module(instance)}.{kind}_{uuid}"
