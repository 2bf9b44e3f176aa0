"""Quantities as Odoo keeps them."""

from decimal import Decimal

from odoo_bridge.merge.values import Kind, same

SMALLEST_STEP = Decimal("0.01")


def is_as_much(one: object, other: object) -> bool:
    """Say whether two quantities are the same to Odoo."""
    return same(Kind.NUMBER, one, other, unit=SMALLEST_STEP)
