"""What is still to be made for orders: their deliveries wait for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from odoo_bridge.models import ManufacturingOrder
from odoo_bridge.selectors.productions import CANCELLED, ShownProduction, shown_productions


@dataclass(frozen=True)
class Awaited:
    """Something that is made for an order: when it ends as it shall be, and whether it is made.

    Of what is made in part, with the rest to follow, not all is made.
    """

    production: str
    ends_at: dt.datetime | None
    is_done: bool

    @classmethod
    def of(cls, shown: ShownProduction) -> Self:
        """Return what a delivery waits for."""
        is_done = shown.is_done and not shown.rest
        return cls(production=shown.order.name, ends_at=shown.ends_at, is_done=is_done)

    def misses(self, leaves_at: dt.datetime) -> bool:
        """Say whether it is not made when the truck leaves; without an end nobody knows that."""
        return not self.is_done and (self.ends_at is None or self.ends_at > leaves_at)


def awaited(order_ids: Collection[int]) -> dict[int, list[Awaited]]:
    """Return what is made for each of these orders, the first to end first; two queries.

    An order for which nothing is made has no entry, and what was cancelled is not waited for.
    """
    orders = ManufacturingOrder.objects.filter(order_line__order__in=order_ids, deleted_at=None)
    found: defaultdict[int, list[Awaited]] = defaultdict(list)
    lined = orders.select_related("order_line").order_by("ends_at", "pk")
    for shown in shown_productions(lined):
        line = shown.order.order_line
        if shown.stage != CANCELLED and line is not None and line.order_id is not None:
            found[line.order_id].append(Awaited.of(shown))
    for each in found.values():  # the promises may have put the ends into another order
        each.sort(key=lambda one: (one.ends_at is None, one.ends_at))
    return dict(found)
