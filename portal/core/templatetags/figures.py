"""Figures as people read them."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def money(amount: Decimal, symbol: str = "") -> str:
    """Return ``$ 1,180.00``; a no-break space keeps the two together."""
    return f"{symbol}\u00a0{amount:,.2f}" if symbol else f"{amount:,.2f}"


@register.filter
def quantity(number: Decimal) -> str:
    """Return a quantity without the zeros that say nothing: ``2``, ``0.5``, ``1,200``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
