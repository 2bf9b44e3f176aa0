"""What a service says of the way from one point to another."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """So many metres by road, and seconds.

    :param kept_for: how long that may be kept; ``None``: for ever.
    """

    metres: int
    seconds: int
    kept_for: dt.timedelta | None = None
