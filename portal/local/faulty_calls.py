"""What the faulty proxy saw: one record for each request, in the order of arrival."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

READS = frozenset(
    {
        "check_object_reference",
        "context_get",
        "default_get",
        "fields_get",
        "formatted_read_group",
        "get_metadata",
        "name_search",
        "read",
        "search",
        "search_count",
        "search_read",
        "web_read",
        "web_search_read",
    }
)


@dataclass
class Call:
    """``n`` counts from 1. ``model`` and ``method`` are empty if the request was not JSON-2.

    ``outcome`` is the fault's name; ``forwarded`` says how often Odoo has answered, and ``status``
    how. Headers are not kept (there is a key among them) save the name of the database.
    """

    n: int
    path: str
    body: Any = None
    database: str = ""
    model: str = ""
    method: str = ""
    outcome: str = "under way"
    forwarded: int = 0
    status: int | None = None
    ids: list[int] = field(default_factory=list)


Predicate = Callable[[Call], bool]


def call_of(n: int, path: str, body: bytes, database: str) -> Call:
    """Read the request as far as it can be read."""
    call = Call(n=n, path=path, body=json_or_none(body), database=database)
    parts = path.partition("?")[0].split("/")
    if parts[1:3] == ["json", "2"] and len(parts) == 5:
        call.model, call.method = parts[3:]
    if isinstance(call.body, dict):
        call.ids = call.body.get("ids") or []
    return call


def json_or_none(body: bytes) -> Any:
    """The body, or None where it is empty or no JSON."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def every_call(call: Call) -> bool:
    """JSON-2 only: a health check is not a call."""
    return bool(call.model)


def writes(call: Call) -> bool:
    """All that is not known to be a read: a step too many in a count is better than one too few."""
    return every_call(call) and call.method not in READS


def of_method(model: str, method: str) -> Predicate:
    """Calls of one method of one model."""
    return lambda call: (call.model, call.method) == (model, method)


def in_database(database: str, also: Predicate = every_call) -> Predicate:
    """Calls to one database which ``also`` match another predicate."""
    return lambda call: call.database == database and also(call)
