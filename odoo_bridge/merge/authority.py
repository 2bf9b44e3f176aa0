"""Who decides about a field of Odoo that was changed here and there: the one table of it.

A field that is not in it cannot be changed from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from odoo_bridge.merge.values import Kind


class Authority(StrEnum):
    """Whose value stands when both sides changed it, and differently."""

    ODOO = "ODOO"
    PORTAL = "PORTAL"
    MERGE = "MERGE"  # a person decides
    APPEND = "APPEND"  # a note: what was added here comes after what stands there
    SET = "SET"  # ids: what was added or removed here, on what stands there
    FURTHEST = "FURTHEST"  # the later state, the higher reading


@dataclass(frozen=True)
class Rule:
    """A field: what it holds, who decides, and the group with which it is one decision.

    ``unit`` is the smallest step of a number. ``order`` names the states from the first to the
    last, for the furthest of them.
    """

    kind: Kind = Kind.TEXT
    authority: Authority = Authority.MERGE
    group: str = ""
    unit: Decimal = Decimal(1)
    order: tuple[str, ...] = ()


Rules = Mapping[str, Rule]

TEXT = Rule()
LINK = Rule(Kind.MANY2ONE)
NOTE = Rule(Kind.HTML, Authority.APPEND)
ADDRESS: Rules = {
    **dict.fromkeys(("street", "street2", "zip", "city"), replace(TEXT, group="address")),
    **dict.fromkeys(("state_id", "country_id"), replace(LINK, group="address")),
}
PLACE = Rule(Kind.NUMBER, group="coordinates", unit=Decimal("1e-7"))
AMOUNTS = Rule(Kind.NUMBER, group="amounts")

RULES: Mapping[str, Rules] = {
    "res.partner": {
        **dict.fromkeys(("name", "phone", "email"), TEXT),
        **ADDRESS,
        **dict.fromkeys(("partner_latitude", "partner_longitude"), PLACE),
        "comment": NOTE,
    },
    "sale.order": {
        "commitment_date": Rule(Kind.DATETIME, Authority.PORTAL),
        "client_order_ref": TEXT,
        "note": NOTE,
    },
    "purchase.order": {
        "partner_ref": TEXT,
        "date_planned": Rule(Kind.DATETIME),
    },
    "purchase.order.line": {
        "date_planned": Rule(Kind.DATETIME),
        "product_qty": replace(AMOUNTS, unit=Decimal("0.01")),
        "price_unit": replace(AMOUNTS, unit=Decimal("1e-6")),
        "discount": replace(AMOUNTS, unit=Decimal("0.01")),
    },
    "crm.lead": {
        **dict.fromkeys(("stage_id", "user_id"), LINK),
        **dict.fromkeys(("name", "contact_name", "partner_name", "phone", "email_from"), TEXT),
        **ADDRESS,
    },
}
