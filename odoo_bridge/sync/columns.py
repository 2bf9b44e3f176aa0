"""How a field of Odoo becomes a column of a mirror. Odoo says ``False`` for "nothing"."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models

from odoo_bridge.client import Domain, from_odoo_datetime


@dataclass(frozen=True)
class Column:
    """A column of ours, the field of Odoo that it shows, and how its value is read."""

    ours: str
    odoo: str
    read: Callable[[Any], Any]
    is_reference: bool = False

    @property
    def stored(self) -> str:
        """The column that takes the value as read: a reference keeps Odoo's id beside its key."""
        return f"{self.ours}_odoo_id" if self.is_reference else self.ours


@dataclass(frozen=True, eq=False)
class MirrorSpec:
    """A mirror: its model here, its model in Odoo, and the columns between them.

    ``only`` narrows what is mirrored. ``inherits`` names models of Odoo whose fields a record
    shows as its own without being written itself, with the path from the record to them.
    ``topic`` is what open pages are told when a record changes. ``tells`` names the model of Odoo
    that a webhook is asked for, and ``part_of`` the field that leads to the record whose webhooks
    tell of this one too. ``module`` is a module of Odoo without which there is nothing to read.
    """

    model: Any
    odoo_model: str
    columns: tuple[Column, ...]
    topic: str = ""
    only: tuple[Any, ...] = ()
    inherits: tuple[tuple[str, str], ...] = ()
    tells: str = ""
    part_of: str = ""
    module: str = ""

    @property
    def name(self) -> str:
        """The mirror's name, as its cursor keeps it."""
        return str(self.model.__name__)

    @property
    def odoo_fields(self) -> list[str]:
        """The fields to ask Odoo for."""
        return [*(column.odoo for column in self.columns), "write_date"]

    @property
    def references(self) -> list[Column]:
        """The columns that point at other mirrors."""
        return [column for column in self.columns if column.is_reference]

    @property
    def domain(self) -> Domain:
        """The records that are mirrored at all."""
        return list(self.only)

    @property
    def whole(self) -> Column | None:
        """The reference to the record that this one is a part of."""
        return next((column for column in self.columns if column.odoo == self.part_of), None)

    def target_of(self, reference: Column) -> type[models.Model]:
        """Return the mirror that a reference points at."""
        return self.model._meta.get_field(reference.ours).related_model  # type: ignore[no-any-return]


def text(ours: str, odoo: str, *, most: int = 255) -> Column:
    """Return a column for a text, cut where ours ends."""
    return Column(ours, odoo, lambda value: str(value)[:most] if value else "")


def long_text(ours: str, odoo: str) -> Column:
    """Return a column for a text of any length."""
    return Column(ours, odoo, lambda value: str(value) if value else "")


def number(ours: str, odoo: str, *, places: int = 4, digits: int = 12) -> Column:
    """Return a column for a quantity or an amount, rounded to what ours keeps.

    ``digits`` are those before the point. Odoo knows no limit: what is beyond ours is shown as the
    largest that there is, so that one slip of the keyboard keeps no other record from being read.
    """
    unit = Decimal(1).scaleb(-places)
    most = Decimal(1).scaleb(digits) - unit

    @lru_cache(maxsize=1024)  # prices and quantities come again and again
    def read(value: Any) -> Decimal:
        exact = Decimal(str(value or 0))
        return most.copy_sign(exact) if abs(exact) > most else exact.quantize(unit)

    return Column(ours, odoo, read)


def money(ours: str, odoo: str) -> Column:
    """Return a column for an amount of money."""
    return number(ours, odoo, places=2, digits=10)


def whole(ours: str, odoo: str) -> Column:
    """Return a column for a whole number."""
    return Column(ours, odoo, lambda value: int(value or 0))


def flag(ours: str, odoo: str) -> Column:
    """Return a column for yes or no."""
    return Column(ours, odoo, bool)


def moment(ours: str, odoo: str) -> Column:
    """Return a column for a date and time; Odoo speaks UTC."""
    return Column(ours, odoo, from_odoo_datetime)


def day(ours: str, odoo: str) -> Column:
    """Return a column for a date."""
    return Column(ours, odoo, lambda value: dt.date.fromisoformat(value) if value else None)


def ids(ours: str, odoo: str) -> Column:
    """Return a column for the ids of a list of records."""
    return Column(ours, odoo, lambda value: [int(one) for one in value or []])


def plain_id(ours: str, odoo: str) -> Column:
    """Return a column for the id of a record that is not mirrored."""
    return Column(ours, odoo, lambda value: int(value) if value else None)


def reference(ours: str, odoo: str) -> Column:
    """Return a column for a reference to another mirror."""
    return Column(ours, odoo, lambda value: int(value) if value else None, is_reference=True)
