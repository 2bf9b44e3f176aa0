"""What every command has."""

import dataclasses
import datetime as dt
import json
import types
import typing
import uuid
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise

from odoo_bridge.commands.editable import Editable

FROM_TEXT: dict[Any, Callable[[str], Any]] = {
    uuid.UUID: uuid.UUID,
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    Decimal: Decimal,
}


class ExactJSONEncoder(DjangoJSONEncoder):
    """Keeps the microseconds of a datetime: what is read back equals what was promised."""

    def default(self, o: Any) -> Any:
        """Return what JSON can hold."""
        return o.isoformat() if isinstance(o, dt.datetime) else super().default(o)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Command:
    """One thing to be done in Odoo. Frozen: what was promised is what is sent.

    A payload that was stored by an older version is still read: ``version`` grows with a change
    that old payloads do not fit, and the command then says how to read them.

    ``together``: many of them, each the head of its stream, may be sent in one call.

    ``EDITABLE`` is what a person may correct after Odoo has refused it; nothing of money, and
    nothing that the portal's own records say.
    """

    version: ClassVar[int] = 1
    together: ClassVar[bool] = False
    label: ClassVar[Promise]  # what people call it
    EDITABLE: ClassVar[tuple[Editable, ...]] = ()

    @classmethod
    def name(cls) -> str:
        """The command's name in the outbox."""
        return cls.__name__

    @property
    def stream(self) -> str:
        """The key of the business object whose entries keep their order."""
        raise NotImplementedError

    @property
    def target(self) -> str:
        """The record that this command is about, for its history."""
        return self.stream

    def payload(self) -> dict[str, Any]:
        """Return the command as JSON can hold it."""
        values = json.dumps(dataclasses.asdict(self), cls=ExactJSONEncoder)
        return dict(json.loads(values))

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Return the command that a payload holds.

        :raises TypeError: it lacks a field, or has one that the command does not know.
        """
        return cls(**_fields_of(cls, payload))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change(Command):
    """New values of a record that Odoo has. Its fields that are ``None`` are not changed.

    A newer one takes along what an older one of the same target has not begun to send.

    ``ADDS`` names the fields that add to what stands there, and replace nothing.
    """

    ADDS: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def joined(cls, older: dict[str, Any], newer: dict[str, Any]) -> dict[str, Any]:
        """Return one payload that does what these two do, one after the other."""
        changes = {name: value for name, value in newer.items() if value is not None}
        for name in cls.ADDS & changes.keys():
            changes[name] = "\n\n".join(filter(None, [older[name], changes[name]]))
        return {**older, **changes}


@dataclasses.dataclass(frozen=True, kw_only=True)
class SaleCommand(Command):
    """Something to be done with an order, its transfers, invoices or payments.

    It is known by our uuid alone: it may be promised before Odoo has made the order.
    """

    order_uuid: uuid.UUID

    @property
    def stream(self) -> str:
        """An order with its transfers, invoices and payments is one stream."""
        return f"order:{self.order_uuid}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class OrderCommand(SaleCommand):
    """Something to be done with an order that Odoo has."""

    order_odoo_id: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class TransferCommand(OrderCommand):
    """Something to be done with a transfer of an order that Odoo has.

    One that was born here, by a split that Odoo may not have done yet, is known by our uuid alone.
    """

    picking_odoo_id: int | None = None
    picking_uuid: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class PickupCommand(Command):
    """Something to be done with a transfer that our truck fetches.

    ``purchase_uuid`` is what it brings, if it was bought.
    """

    picking_uuid: uuid.UUID
    picking_odoo_id: int
    purchase_uuid: uuid.UUID | None = None

    @property
    def stream(self) -> str:
        """What comes of a purchase keeps its order with all else of it; a return is by itself."""
        if self.purchase_uuid is not None:
            return f"purchase:{self.purchase_uuid}"
        return f"transfer:{self.picking_uuid}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class LeadCommand(Command):
    """Something to be done with a lead.

    It is known by our uuid alone: it may be promised before Odoo has made the lead.
    """

    lead_uuid: uuid.UUID

    @property
    def stream(self) -> str:
        """Each lead is a stream of its own."""
        return f"lead:{self.lead_uuid}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class PurchaseCommand(Command):
    """Something to be done with an order at a vendor, its lines, or what comes of it.

    It is known by our uuid alone: it may be promised before Odoo has made the order.
    """

    purchase_uuid: uuid.UUID

    @property
    def stream(self) -> str:
        """A purchase with its lines and its receipts is one stream."""
        return f"purchase:{self.purchase_uuid}"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ProductionCommand(Command):
    """Something to be done with an order to make something, which Odoo has."""

    production_uuid: uuid.UUID

    @property
    def stream(self) -> str:
        """Each manufacturing order is a stream of its own."""
        return f"production:{self.production_uuid}"


def _fields_of(kind: type[Any], payload: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {name: _read(hints.get(name), value) for name, value in payload.items()}


def _read(hint: Any, value: Any) -> Any:
    """Turn what JSON can hold back into what the field's type says."""
    if value is None:
        return None
    if isinstance(hint, types.UnionType):
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_read(typing.get_args(hint)[0], one) for one in value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**_fields_of(hint, value))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return FROM_TEXT[hint](value) if hint in FROM_TEXT else value
