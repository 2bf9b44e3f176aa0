"""The methods of Odoo that the bridge calls, over the small model's records."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from odoo_bridge.client import odoo_datetime
from odoo_bridge.tests.simulation import small_stock
from odoo_bridge.tests.simulation.small_domain import matcher
from odoo_bridge.tests.simulation.small_odoo import (
    FIELDS,
    USERS,
    Fault,
    LostRace,
    Place,
    Row,
    Transaction,
)

Body = Mapping[str, Any]
Records = Mapping[Place, Row]
RACE = "could not serialize access due to concurrent update"


def shown(row: Row, names: list[str]) -> Row:
    """Return a record as JSON shows it: times of writing cut to the second."""
    values = {name: row[name] for name in ["id", *names]}
    if "write_date" in values:
        values["write_date"] = odoo_datetime(values["write_date"])
    return values


def found(model: str, body: Body, records: Records) -> list[Row]:
    """Return the records of a domain by rising id; archived ones only where they are asked for."""
    fits = matcher(model, body.get("domain") or [])
    with_archived = body["context"].get("active_test") is False
    rows = [row for (name, _id), row in records.items() if name == model]
    rows = [row for row in rows if (with_archived or row["active"]) and fits(row)]
    return sorted(rows, key=lambda row: int(row["id"]))


def search_read(model: str, body: Body, records: Records) -> list[Row]:
    rows = found(model, body, records)
    return [shown(row, body["fields"]) for row in rows[: body.get("limit")]]


def search_count(model: str, body: Body, records: Records) -> int:
    return len(found(model, body, records))


def read(model: str, body: Body, records: Records) -> list[Row]:
    rows = [records[model, one] for one in body["ids"] if (model, one) in records]
    return [shown(row, body["fields"]) for row in rows]


def formatted_read_group(model: str, body: Body, records: Records) -> list[Row]:
    rows = found(model, body, records)
    latest: dt.datetime | None = max((row["write_date"] for row in rows), default=None)
    return [
        {
            "__count": len(rows),
            "id:max": max((row["id"] for row in rows), default=False),
            "id:sum": sum(row["id"] for row in rows) or False,
            "write_date:max": latest.replace(tzinfo=None).isoformat(sep=" ") if latest else False,
        }
    ]


def create(model: str, body: Body, change: Transaction) -> list[int]:
    return [change.create(model, values) for values in body["vals_list"]]


def write(model: str, body: Body, change: Transaction) -> bool:
    values = dict(body["vals"])
    commands = values.pop("move_ids", [])
    for one in body["ids"]:
        change.write(model, one, values)
        small_stock.write_moves(change, one, commands)
    return True


def unlink(model: str, body: Body, change: Transaction) -> bool:
    for one in body["ids"]:
        change.unlink(model, one)
    return True


def load(model: str, body: Body, change: Transaction) -> Row:
    """Make what has no record under its external id yet: all rows or none, and HTTP 200 anyway."""
    assert body["context"]["mode"] == "update"
    assert body["context"]["noupdate"] is True
    try:
        ids = [
            load_row(model, dict(zip(body["fields"], row, strict=True)), change)
            for row in body["data"]
        ]
    except LostRace:
        return refused(RACE)
    except Fault as fault:
        return refused(fault.message)
    return {"ids": ids, "messages": []}


def load_row(model: str, cells: dict[str, str], change: Transaction) -> int:
    name = cells.pop("id")
    if place := change.named(name):
        return place[1]
    values: Row = {}
    for column, text in cells.items():
        field, _, how = column.partition("/")
        values[field] = int(text) if how and text else text or False
    if values.get("user_id") and values["user_id"] not in USERS:
        message = f"No matching record found for database id '{values['user_id']}'"
        raise Fault(422, "odoo.exceptions.ValidationError", message)
    odoo_id = change.create(model, values)
    change.names[name] = (model, odoo_id)
    return odoo_id


def refused(message: str) -> Row:
    """Return what ``load`` says when it has created nothing."""
    return {"ids": False, "messages": [{"type": "error", "message": message}]}


def of_transfers(method: str, model: str, body: Body, change: Transaction) -> Any:
    """Call a method that transfers alone have."""
    if model != small_stock.PICKING:
        raise no_method(model, method)
    return small_stock.METHODS[method](body, change)


def no_method(model: str, method: str) -> Fault:
    message = f"the method {model}.{method} does not exist"
    return Fault(404, "werkzeug.exceptions.NotFound", message)


READS: dict[str, Callable[[str, Body, Records], Any]] = {
    "search_read": search_read,
    "search_count": search_count,
    "read": read,
    "formatted_read_group": formatted_read_group,
}
WRITES: dict[str, Callable[[str, Body, Transaction], Any]] = {
    "create": create,
    "write": write,
    "unlink": unlink,
    "load": load,
    **{name: partial(of_transfers, name) for name in small_stock.METHODS},
}


def check_is_there(model: str, method: str) -> None:
    """:raises Fault: this Odoo has no such model or method."""
    if model not in FIELDS:
        raise Fault(404, "werkzeug.exceptions.NotFound", f"the model {model!r} does not exist")
    if method not in READS and method not in WRITES:
        raise no_method(model, method)
