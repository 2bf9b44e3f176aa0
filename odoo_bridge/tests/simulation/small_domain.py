"""Which records a search domain means, as far as the bridge writes them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from odoo_bridge.client import from_odoo_datetime
from odoo_bridge.tests.simulation.small_odoo import FIELDS, Fault, Row

Condition = Callable[[Row], bool]
SECOND = dt.timedelta(seconds=1)
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda have, want: have == want,
    "!=": lambda have, want: have != want,
    "in": lambda have, want: have in want,
    ">": lambda have, want: have > want,
    ">=": lambda have, want: have >= want,
    "<": lambda have, want: have < want,
}


def matcher(model: str, domain: list[Any]) -> Condition:
    """Return what says whether a record is in the domain.

    :raises Fault: a field that the model does not have.
    """
    stack: list[Condition] = []
    for part in reversed(domain):
        if part in ("|", "&"):
            first, second = stack.pop(), stack.pop()
            stack.append(_joined(part, first, second))
        else:
            stack.append(_condition(model, *part))
    return lambda row: all(one(row) for one in stack)


def _joined(how: str, first: Condition, second: Condition) -> Condition:
    if how == "|":
        return lambda row: first(row) or second(row)
    return lambda row: first(row) and second(row)


def _condition(model: str, name: str, how: str, want: Any) -> Condition:
    if name not in {"id", "write_date", *FIELDS[model]}:
        message = f"Invalid field {model}.{name} in condition ({name!r}, {how!r}, {want!r})"
        raise Fault(500, "builtins.ValueError", message)
    if name == "write_date":
        moment = from_odoo_datetime(want)
        assert moment is not None
        if how == ">":  # stored with microseconds, asked for by seconds
            how, moment = ">=", moment.replace(microsecond=0) + SECOND
        want = moment
    return lambda row: COMPARE[how](row[name], want)
