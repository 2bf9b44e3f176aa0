"""The rules themselves: each with the day from which it is known to hold, and where it stands.

Another state, or another edition, is another row. What is sold by the piece needs no ticket by law.
"""

import datetime as dt

from drivers.trade.kinds import (
    CORD,
    CUBIC_FOOT,
    CUBIC_METER,
    VOLUMES,
    WEIGHTS,
    Kind,
)
from drivers.trade.rules import Field, Rule, newest

HALF_A_YEAR = 184  # days: the longest six months
OF_A_SALE = (Field.SELLER, Field.BUYER, Field.DATE, Field.IDENTITY, Field.QUANTITY)
WITH_PRICE = (*OF_A_SALE, Field.PRICED_QUANTITY, Field.PRICE)

RULES = (
    Rule(
        kind=Kind.FIREWOOD,
        state="",
        since=dt.date(2016, 1, 1),
        source=(
            "NIST Handbook 130 (2016), Method of Sale of Commodities, 2.4; as at "
            "https://preview-stage.ct.egov.com/dcp/food-and-standards-division/food--standards/"
            "firewood-and-stove-wood-regulations"
        ),
        units=(CORD, CUBIC_METER),
        must_say=WITH_PRICE,
    ),
    Rule(
        kind=Kind.FIREWOOD,
        state="NJ",
        since=dt.date(2019, 3, 18),
        source="N.J.A.C. 13:47C-3.1(b), amended by 51 N.J.R. 411(a)",
        units=(CORD, CUBIC_METER),
        must_say=(Field.SERIAL, *WITH_PRICE),
        kept_days=HALF_A_YEAR,
    ),
    Rule(
        kind=Kind.FIREWOOD,
        state="MN",
        since=dt.date(2016, 1, 1),
        source="Minnesota Statutes 239.092 (a), (c): where it was harvested, by county and state",
        units=(CORD, CUBIC_METER),
        must_say=(*WITH_PRICE, Field.ORIGIN),
    ),
    Rule(
        kind=Kind.FIREWOOD,
        state="MA",
        since=dt.date(2016, 1, 1),
        source="Massachusetts General Laws c. 94 § 298: in cubic feet, never as cords",
        units=(CUBIC_FOOT, CUBIC_METER),
        must_say=WITH_PRICE,
    ),
    *(
        Rule(
            kind=kind,
            state="",
            since=dt.date(2016, 1, 1),
            source=(
                "Uniform Weights and Measures Law (NIST Handbook 130), Sale from Bulk; so in Ohio "
                "Revised Code 1327.56 and Nevada Revised Statutes 581.385"
            ),
            units=units,
            must_say=WITH_PRICE,
        )
        for kind, units in ((Kind.BULK_VOLUME, VOLUMES), (Kind.BULK_WEIGHT, WEIGHTS))
    ),
)


def rules_for(kind: Kind, state: str, on: dt.date) -> Rule | None:
    """Return what holds for goods of a kind in a state, by its two letters; ``None``: nothing."""
    return newest(RULES, kind=kind, state=state.upper(), on=on)
