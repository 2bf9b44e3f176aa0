"""Orders of either kind as Odoo has them at one moment, with all that hangs on them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from odoo_bridge.models import PurchaseOrderLine, SaleOrderLine
from odoo_bridge.outbox.acknowledge import acknowledge_all
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.upsert import upsert


@dataclass(frozen=True)
class Seen:
    """Orders with their lines and, where they were looked for, their transfers and invoices.

    ``born`` are the lines that were promised here, by our key. ``specs`` says how each part is
    mirrored, in the order of ``SPECS``, as polls do it.
    """

    odoo: Leased
    orders: Sequence[Row]
    lines: Sequence[Row]
    pickings: Sequence[Row] = ()
    moves: Sequence[Row] = ()
    invoices: Sequence[Row] = ()
    born: Mapping[uuid.UUID, int] | None = None

    line: ClassVar[type[SaleOrderLine | PurchaseOrderLine]]
    specs: ClassVar[Sequence[tuple[MirrorSpec, str]]]

    def only(self, orders: Collection[int], *, born: Mapping[uuid.UUID, int]) -> Self:
        """Return some of these orders with their lines, and nothing more."""
        return type(self)(
            self.odoo,
            [row for row in self.orders if row["id"] in orders],
            [row for row in self.lines if row["order_id"] in orders],
            born=born,
        )

    def store(self) -> None:
        """Mirror them; lines that were promised here are known to Odoo from now on."""
        if self.born:
            acknowledge_all(self.line, self.born)
        for spec, part in self.specs:
            if rows := getattr(self, part):
                upsert(spec, rows, read_at=self.odoo.began_at)
