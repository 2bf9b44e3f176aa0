"""What a stop ends: dated rules, and the strictest until the business says that a milder holds.

47 CFR 64.1200(a)(10) as of 2025-04-11 ends all texts. FCC 26-67, adopted 2026-09-30, lets a stop
that answers news end that kind of news alone, and a stop that answers advertising all of it; it is
in force 30 days after its publication, which was not known on 2026-11-21. Ask counsel.
"""

import datetime as dt
from dataclasses import dataclass

from crm_intake.ledger.kinds import Purpose


@dataclass(frozen=True)
class StopRule:
    """``narrow``: the kinds of texts of which one may be ended alone.

    ``since`` is empty as long as nobody knows.
    """

    id: str
    since: dt.date | None
    narrow: frozenset[Purpose] = frozenset()


ENDS_ALL = StopRule("47_cfr_64_1200_a_10", dt.date(2025, 4, 11))
BY_KIND = StopRule("fcc_26_67", None, frozenset({Purpose.DELIVERY}))


def ended_by(
    answered: Purpose | None, *, on: dt.date, by_kind_since: dt.date | None
) -> Purpose | None:
    """Return the kind of texts that a stop ends; ``None`` is all.

    :param answered: what the last text was for, if the stop came soon after one.
    :param by_kind_since: from when the business keeps ``BY_KIND``; ``None``: not at all.
    """
    since = BY_KIND.since or by_kind_since
    if by_kind_since is None or since is None or on < max(since, by_kind_since):
        return None
    return answered if answered in BY_KIND.narrow else None
