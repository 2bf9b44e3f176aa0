"""Purchases as they shall be: what Odoo has, with what was promised and is not there yet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from odoo_bridge.commands import (
    COMMANDS,
    CancelPurchase,
    ChangePurchase,
    ChangePurchaseLine,
    Command,
    ConfirmPurchase,
    ReceivePurchase,
    RemovePurchaseLine,
)
from odoo_bridge.models import OutboxEntry, PurchaseOrder, PurchaseOrderLine
from odoo_bridge.selectors.promises import PRESSING, open_entries

State = OutboxEntry.State
CENT = Decimal("0.01")


@dataclass
class ShownLine:
    """What a line orders as it shall be; ``promised`` is what Odoo has not done of it yet."""

    line: PurchaseOrderLine
    quantity: Decimal
    price: Decimal
    discount: Decimal
    planned_at: dt.datetime | None
    received: Decimal
    promised: set[str] = field(default_factory=set)

    @property
    def total(self) -> Decimal:
        """What it costs without taxes."""
        return (self.quantity * self.price * (1 - self.discount / 100)).quantize(CENT)

    @property
    def to_come(self) -> Decimal:
        """What is ordered and not received, nothing of a service: no transfer brings it."""
        product = self.line.product
        if product is not None and product.kind == "service":
            return Decimal(0)
        return max(self.quantity - self.received, Decimal(0))

    @property
    def unit(self) -> str:
        """The name of the unit in which it is ordered."""
        if self.line.unit is not None:
            return str(self.line.unit)
        return str(self.line.product.unit) if self.line.product else ""


@dataclass
class ShownPurchase:
    """An order as it shall be; ``odoo`` is the state of its most pressing promise, if any."""

    order: PurchaseOrder
    stage: str
    reference: str
    planned_at: dt.datetime | None
    lines: list[ShownLine]
    odoo: State | None = None
    promised: set[str] = field(default_factory=set)

    @property
    def untaxed(self) -> Decimal:
        """What all of it costs without taxes."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def to_come(self) -> list[ShownLine]:
        """The lines of which something is still to come: nothing once Odoo has no transfer left."""
        if self.order.state == PurchaseOrder.CONFIRMED and self.order.receipt_state in {"", "full"}:
            return []
        return [line for line in self.lines if line.to_come]

    @property
    def is_open(self) -> bool:
        """Whether lines can be added and removed, and the order confirmed."""
        return self.stage in PurchaseOrder.OPEN_STATES

    @property
    def is_coming(self) -> bool:
        """Whether it is ordered, and something of it is still to come."""
        return self.stage == PurchaseOrder.CONFIRMED and bool(self.to_come)

    def line(self, key: UUID) -> ShownLine | None:
        """Return the line with this uuid, if it is ordered."""
        return next((one for one in self.lines if one.line.uuid == key), None)


def shown_purchases(orders: QuerySet[PurchaseOrder]) -> list[ShownPurchase]:
    """Return these orders as they shall be, in their order; three queries.

    An order that was promised, and given up before Odoo made it, is none.
    """
    found = list(orders.select_related("vendor__parent", "currency"))
    lines = _lines_of(found)
    entries = open_entries(f"purchase:{order.uuid}" for order in found)
    return [
        _as_promised(order, lines[order.pk], entries[f"purchase:{order.uuid}"])
        for order in found
        if order.odoo_id or f"purchase:{order.uuid}" in entries
    ]


def _lines_of(orders: Iterable[PurchaseOrder]) -> Mapping[int | None, list[PurchaseOrderLine]]:
    """Return the lines that buy something, by order; a line that Odoo took off may still be here.

    What was promised and is not in Odoo yet has no id there, and stands last.
    """
    listed: dict[int | None, set[int]] = {one.pk: set(one.line_ids) for one in orders}
    rows = (
        PurchaseOrderLine.objects.filter(order__in=list(listed), kind="", deleted_at=None)
        .filter(Q(odoo_id=None) | Q(product__isnull=False))
        .select_related("product", "unit")
        .order_by("position", "odoo_id", "pk")
    )
    found: defaultdict[int | None, list[PurchaseOrderLine]] = defaultdict(list)
    for row in rows:
        if row.odoo_id is None or row.odoo_id in listed[row.order_id]:
            found[row.order_id].append(row)
    return found


def _as_promised(
    order: PurchaseOrder, lines: Iterable[PurchaseOrderLine], entries: list[OutboxEntry]
) -> ShownPurchase:
    """Lay what was promised over what Odoo has. What it has refused counts as not so."""
    awaited = {entry.payload["item"]["line_uuid"] for entry in entries if "item" in entry.payload}
    is_new = order.odoo_id is None
    shown = ShownPurchase(
        order=order,
        stage=order.state,
        reference=order.vendor_reference,
        planned_at=order.planned_at,
        lines=[_shown(one) for one in lines if one.odoo_id or is_new or str(one.uuid) in awaited],
        odoo=min((State(entry.state) for entry in entries), key=PRESSING.index, default=None),
    )
    for entry in entries:
        if entry.state != State.PARKED:
            command = COMMANDS[entry.command].from_payload(entry.payload)
            APPLY.get(type(command), _nothing)(shown, command)
    return shown


def _shown(line: PurchaseOrderLine) -> ShownLine:
    return ShownLine(
        line=line,
        quantity=line.quantity,
        price=line.unit_price,
        discount=line.discount,
        planned_at=line.planned_at,
        received=line.received,
    )


def _nothing(_shown_one: ShownPurchase, _command: Command) -> None:
    """A new order, or line, stands here already."""


def _change(shown: ShownPurchase, command: ChangePurchase) -> None:
    for name in ("reference", "planned_at"):
        _set(shown, name, getattr(command, name))


def _change_line(shown: ShownPurchase, command: ChangePurchaseLine) -> None:
    if line := shown.line(command.line_uuid):
        for name in ("quantity", "price", "discount", "planned_at"):
            _set(line, name, getattr(command, name))


def _set(shown: ShownPurchase | ShownLine, name: str, value: Any) -> None:
    if value is not None:
        setattr(shown, name, value)
        shown.promised.add(name)


def _remove_line(shown: ShownPurchase, command: RemovePurchaseLine) -> None:
    shown.lines = [line for line in shown.lines if line.line.uuid != command.line_uuid]


def _confirm(shown: ShownPurchase, _command: ConfirmPurchase) -> None:
    if shown.is_open:
        shown.stage = PurchaseOrder.CONFIRMED


def _cancel(shown: ShownPurchase, _command: CancelPurchase) -> None:
    shown.stage = PurchaseOrder.CANCELLED


def _receive(shown: ShownPurchase, command: ReceivePurchase) -> None:
    for one in command.goods:
        if line := shown.line(one.line_uuid):
            line.received = one.before + one.quantity


APPLY: Mapping[type[Command], Callable[[ShownPurchase, Any], None]] = {
    ChangePurchase: _change,
    ChangePurchaseLine: _change_line,
    RemovePurchaseLine: _remove_line,
    ConfirmPurchase: _confirm,
    CancelPurchase: _cancel,
    ReceivePurchase: _receive,
}
