"""Records of Odoo by the names that we gave them."""

import uuid
from collections.abc import Collection, Sequence

from odoo_bridge.client import external_id
from odoo_bridge.outbox.sending import Leased


def named(
    odoo: Leased, model: str, kind: str, *, ids: Sequence[int], keys: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return which of these records are those of a kind that were promised here by these keys."""
    if not ids:
        return {}
    names = {external_id(odoo.access.instance, kind, key): key for key in keys}
    rows = odoo.read(model, "get_metadata", ids=list(ids))
    return {
        names[one["xmlid"]]: row["id"]
        for row in rows
        for one in row["xmlids"]
        if one["xmlid"] in names
    }
