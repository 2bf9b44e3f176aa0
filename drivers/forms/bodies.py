"""The body of what a phone sends."""

import json
from typing import Any


def json_of(body: bytes) -> Any:
    """Return what it says.

    :raises ValueError: it is no JSON, or one with numbers or depths that nothing can be done with.
    """
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as wrong:
        raise ValueError("This is no JSON.") from wrong


def _no_number(name: str) -> None:
    """:raises ValueError: always: Python reads NaN and Infinity, and no database keeps them."""
    raise ValueError(name)
