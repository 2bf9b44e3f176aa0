"""The record that a stream of promises is about."""

from collections.abc import Mapping
from typing import Any

from odoo_bridge.models import (
    LeadRecord,
    ManufacturingOrder,
    Mirror,
    Partner,
    Picking,
    PurchaseOrder,
    SaleOrder,
    Stream,
)

MIRRORS: Mapping[str, type[Mirror]] = {
    "order": SaleOrder,
    "order_files": SaleOrder,
    "partner": Partner,
    "lead": LeadRecord,
    "purchase": PurchaseOrder,
    "production": ManufacturingOrder,
    "transfer": Picking,
}


def mirror_of(stream: Stream) -> Mirror | None:
    """Return the mirror of the record that a stream is about, if it has one; one query."""
    kind, _colon, key = stream.key.partition(":")
    mirror: Any = MIRRORS.get(kind)
    return mirror.objects.filter(uuid=key).first() if mirror else None
