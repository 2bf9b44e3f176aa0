"""What kind of history a seed means: how often things go wrong, and whose clocks are wrong."""

import datetime as dt
from dataclasses import dataclass
from random import Random

NOON = dt.datetime(2026, 11, 21, 17, tzinfo=dt.UTC)  # the whole reading of the night is far away
SKEW = 20  # seconds: well inside what MAX_INFLIGHT leaves above Odoo's longest request
WILD_SKEW = 600
LONGEST_LAG = 45  # seconds, of the copy that Odoo may read from; the bridge allows for a minute


@dataclass(frozen=True)
class Weather:
    """The chances of one history.

    ``wild``: the workers' clocks differ by minutes. Who may still send by which clock is then
    anybody's guess, so such histories have no call that is under way for long: a call that lands
    after its lease is what the clocks are trusted for.
    """

    wild: bool
    faults: float
    hints_lost: float
    deaths: int
    lag: dt.timedelta
    odoo_ahead: dt.timedelta
    steps: int

    @classmethod
    def of(cls, rng: Random) -> "Weather":
        """Choose it."""
        return cls(
            wild=rng.random() < 0.15,
            faults=rng.choice([0, 0.1, 0.3, 0.5]),
            hints_lost=rng.choice([0, 0.5, 1]),
            deaths=rng.choice([0, 1, 2, 4]),
            lag=dt.timedelta(seconds=rng.choice([0, 0, 2, 20, LONGEST_LAG])),
            odoo_ahead=dt.timedelta(seconds=rng.choice([0, 0, 0, -300, 300, -7200, 7200])),
            steps=rng.randint(20, 60),
        )

    def skew(self, rng: Random) -> float:
        """Return by how many seconds a worker's clock is wrong."""
        most = WILD_SKEW if self.wild else SKEW
        return rng.uniform(-most, most) if rng.random() < 0.4 else 0
