"""Productions as they shall be: what Odoo has, with what was promised and is not there yet."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from odoo_bridge.commands import (
    COMMANDS,
    Command,
    FinishProduction,
    PlanProduction,
    StartProduction,
)
from odoo_bridge.models import ManufacturingOrder, OutboxEntry
from odoo_bridge.selectors.promises import PRESSING, open_entries

State = OutboxEntry.State
DONE, CANCELLED = "done", "cancel"
TO_START = ("draft", "confirmed")


@dataclass
class ShownProduction:
    """An order to make something as it shall be; ``stage`` is one of Odoo's states.

    ``odoo`` is the state of its most pressing promise, if any; ``promised`` names what Odoo has
    not done of it yet. ``rest`` is what was not made and becomes an order of its own.
    """

    order: ManufacturingOrder
    stage: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    produced: Decimal
    rest: Decimal = Decimal(0)
    odoo: State | None = None
    promised: set[str] = field(default_factory=set)

    @property
    def key(self) -> UUID:
        """Its uuid."""
        return self.order.uuid

    @property
    def unit(self) -> str:
        """The name of the unit in which it is counted."""
        if self.order.unit is not None:
            return str(self.order.unit)
        return self.order.product.unit if self.order.product else ""

    @property
    def is_done(self) -> bool:
        """Whether it is made."""
        return self.stage == DONE

    @property
    def is_over(self) -> bool:
        """Whether it is made, or was cancelled."""
        return self.stage in {DONE, CANCELLED}

    @property
    def may_start(self) -> bool:
        """Whether nobody has begun with it."""
        return self.stage in TO_START


def shown_productions(orders: QuerySet[ManufacturingOrder]) -> list[ShownProduction]:
    """Return these orders as they shall be, in their order; two queries."""
    found = list(orders.select_related("product", "unit"))
    entries = open_entries(f"production:{order.uuid}" for order in found)
    return [_as_promised(order, entries[f"production:{order.uuid}"]) for order in found]


def _as_promised(order: ManufacturingOrder, entries: list[OutboxEntry]) -> ShownProduction:
    """Lay what was promised over what Odoo has. What it has refused counts as not so."""
    shown = ShownProduction(
        order=order,
        stage=order.state,
        starts_at=order.starts_at,
        ends_at=order.ends_at,
        produced=order.produced,
        odoo=min((State(entry.state) for entry in entries), key=PRESSING.index, default=None),
    )
    for entry in entries:
        if entry.state != State.PARKED:
            command = COMMANDS[entry.command].from_payload(entry.payload)
            APPLY[type(command)](shown, command)
    return shown


def _plan(shown: ShownProduction, command: PlanProduction) -> None:
    shown.starts_at, shown.ends_at = command.starts_at, command.ends_at
    shown.promised.add("plan")


def _start(shown: ShownProduction, _command: StartProduction) -> None:
    if shown.may_start:
        shown.stage = "progress"
        shown.promised.add("start")


def _finish(shown: ShownProduction, command: FinishProduction) -> None:
    if shown.stage != CANCELLED:
        shown.stage, shown.produced = DONE, command.quantity
        if command.rest_follows:
            shown.rest = max(shown.order.quantity - command.quantity, Decimal(0))
        shown.promised.add("end")


APPLY: Mapping[type[Command], Callable[[ShownProduction, Any], None]] = {
    PlanProduction: _plan,
    StartProduction: _start,
    FinishProduction: _finish,
}
