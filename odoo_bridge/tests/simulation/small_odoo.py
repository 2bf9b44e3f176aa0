"""A small model of Odoo: records, external ids, and transactions that may commit late.

Only what the bridge uses. Each rule is compared with a real Odoo in
``test_small_odoo_against_odoo.py``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from odoo_bridge.client import odoo_datetime

Row = dict[str, Any]
Place = tuple[str, int]  # model, id
USERS = (1, 2)
# What a field shows of a new record. A reference is a plain id, and ``False`` is nothing.
FIELDS: dict[str, Row] = {
    "crm.lead": {
        "name": False,
        "type": "lead",
        "stage_id": False,
        "user_id": False,
        "team_id": False,
        "partner_id": False,
        "contact_name": False,
        "phone": False,
        "email_from": False,
        "description": False,
        "active": True,
        "date_closed": False,
    },
    "res.partner": {
        "name": False,
        "is_company": False,
        "email": False,
        "phone": False,
        "street": False,
        "street2": False,
        "city": False,
        "zip": False,
        "state_id": False,
        "partner_latitude": 0.0,
        "partner_longitude": 0.0,
        "parent_id": False,
        "active": True,
    },
    "stock.picking": {"state": "draft", "partner_id": False, "backorder_id": False, "active": True},
    "stock.move": {
        "picking_id": False,
        "product_uom_qty": 0.0,
        "quantity": 0.0,
        "state": "draft",
        "location_usage": False,
        "active": True,
    },
}


class Fault(Exception):
    """An error in Odoo's own words: HTTP status, the exception's name, its sentence."""

    def __init__(self, status: int, name: str, message: str) -> None:
        self.status, self.name, self.message = status, name, message
        super().__init__(status, name, message)


class LostRace(Exception):
    """Another transaction has the row or the name: this one is rolled back."""


@dataclass(frozen=True)
class Effect:
    """What one committed transaction did to one record; ``values`` is ``None`` for a deletion."""

    place: Place
    values: Row | None
    new: bool


@dataclass
class SmallOdoo:
    """The database. ``lag`` is how far the copy that reads may be served from stays behind."""

    now: Callable[[], dt.datetime]
    lag: dt.timedelta = dt.timedelta(0)
    rows: dict[Place, Row] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)
    copy: dict[Place, Row] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    after_commit: Callable[[Place], None] = lambda _place: None
    open: list["Transaction"] = field(default_factory=list)
    _last_ids: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _to_copy: list[tuple[dt.datetime, Place, Row | None]] = field(default_factory=list)

    def begin(self) -> "Transaction":
        """Begin a transaction: its time of writing is now."""
        one = Transaction(self, self.now())
        self.open.append(one)
        return one

    def new_id(self, model: str) -> int:
        """Take the next id, which a rolled back transaction does not give back."""
        self._last_ids[model] += 1
        return self._last_ids[model]

    def take_over(self, done: "Transaction") -> None:
        """Make a transaction's changes visible."""
        for place, values in done.written.items():
            row, new = done.changes[place], place not in self.rows
            if row is None:
                del self.rows[place]
                self.names = {name: at for name, at in self.names.items() if at != place}
            else:
                self.rows[place] = row
            self._to_copy.append((self.now(), place, row))
            self.effects.append(Effect(place, values if row is not None else None, new))
        self.names.update({name: at for name, at in done.names.items() if at in self.rows})
        for place in done.written:
            self.after_commit(place)

    def late_copy(self) -> dict[Place, Row]:
        """Return what the copy shows now: all that was committed before the lag."""
        until = self.now() - self.lag
        while self._to_copy and self._to_copy[0][0] <= until:
            _at, place, row = self._to_copy.pop(0)
            if row is None:
                self.copy.pop(place, None)
            else:
                self.copy[place] = row
        return self.copy


@dataclass
class Transaction:
    """What one request or one person changes, seen by nobody else until the commit."""

    odoo: SmallOdoo
    began: dt.datetime
    changes: dict[Place, Row | None] = field(default_factory=dict)
    written: dict[Place, Row] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)

    def create(self, model: str, values: Row) -> int:
        """Make a record; return its id."""
        odoo_id = self.odoo.new_id(model)
        new = {**FIELDS[model], "id": odoo_id, "create_date": odoo_datetime(self.began)}
        self._keep((model, odoo_id), new, values)
        return odoo_id

    def write(self, model: str, odoo_id: int, values: Row) -> None:
        """Change a record.

        :raises Fault: it is gone, or is to be its own parent.
        :raises LostRace: another transaction is changing it.
        """
        row = self._row(model, odoo_id)
        if values.get("parent_id") == odoo_id:
            message = "You cannot create recursive Partner hierarchies."
            raise Fault(422, "odoo.exceptions.ValidationError", message)
        self._keep((model, odoo_id), row, values)

    def unlink(self, model: str, odoo_id: int) -> None:
        """Delete a record with its external ids.

        :raises Fault: it is gone.
        :raises LostRace: another transaction is changing it.
        """
        self._row(model, odoo_id)
        self.changes[model, odoo_id] = None
        self.written.setdefault((model, odoo_id), {})

    def named(self, name: str) -> Place | None:
        """Return the record of an external id.

        :raises LostRace: another transaction is making it.
        """
        if any(name in other.names for other in self.odoo.open if other is not self):
            raise LostRace
        return self.names.get(name) or self.odoo.names.get(name)

    def commit(self) -> None:
        """Show the changes to all, with the time at which the transaction began."""
        self.odoo.open.remove(self)
        self.odoo.take_over(self)

    def roll_back(self) -> None:
        """Leave no trace."""
        self.odoo.open.remove(self)

    def _row(self, model: str, odoo_id: int) -> Row:
        place = (model, odoo_id)
        if any(place in other.changes for other in self.odoo.open if other is not self):
            raise LostRace
        row = self.changes.get(place, self.odoo.rows.get(place))
        if row is None:
            message = f"Record does not exist or has been deleted. (Record: {model}({odoo_id},))"
            raise Fault(404, "odoo.exceptions.MissingError", message)
        return row

    def _keep(self, place: Place, row: Row, values: Row) -> None:
        self.changes[place] = {**row, **values, "write_date": self.began}
        self.written.setdefault(place, {}).update(values)
