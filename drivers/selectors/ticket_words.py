"""What a delivery ticket says of a delivery: the same on paper and on the phone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils import timezone

from drivers.models import StopAction
from drivers.trade.kinds import in_words, kind_of
from drivers.trade.rules import Field, Rule, as_allowed, wanted_by
from drivers.trade.tables import rules_for
from odoo_bridge.models import Move, SaleOrderLine
from portal.core.phone import for_people
from portal.setup.models import BusinessProfile
from scheduling.models import Job
from scheduling.selectors.jobs import brought

USUALLY_KEPT = 731  # days: two years, the longest time for which the rules name a paper
CENT = Decimal("0.01")
Said = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """So much of a move, in a unit that the rule allows. ``price`` is of so much, with taxes.

    ``whole`` is what was to be brought, in the same unit. ``price`` is ``None`` when Odoo's order
    does not name it.
    """

    move: int
    product: str
    quantity: Decimal
    whole: Decimal
    unit: str
    price: Decimal | None
    rule: Rule | None

    @property
    def words(self) -> str:
        """How much it is, and of how much where that is more."""
        words = in_words(self.quantity, self.unit)
        return (
            words
            if self.quantity == self.whole
            else f"{words} of {in_words(self.whole, self.unit)}"
        )


def items_of(
    moves: Iterable[Move],
    handed: Mapping[int, Decimal],
    *,
    lines: Mapping[int, SaleOrderLine],
    state: str,
    on: dt.date,
) -> list[Item]:
    """Return what a ticket names, of ``handed`` by the key of the move; nothing is left out."""
    return [
        _item(move, handed[move.pk], lines.get(move.order_line_id or 0), state, on)
        for move in moves
        if move.product and handed[move.pk]
    ]


def _item(move: Move, handed: Decimal, line: SaleOrderLine | None, state: str, on: dt.date) -> Item:
    product = move.product
    assert product is not None  # noqa: S101 - its caller has looked
    rule = rules_for(kind_of(product.unit), state, on)
    quantity, unit = as_allowed(handed, product.unit, rule)
    whole, _ = as_allowed(brought(move), product.unit, rule)
    price = _price(line, handed) if line else None
    return Item(move.pk, product.name, quantity, whole, unit, price, rule)


def _price(line: SaleOrderLine, quantity: Decimal) -> Decimal:
    return (line.total * quantity / line.quantity).quantize(CENT, ROUND_HALF_UP)


def rest_of(
    moves: Iterable[Move], handed: Mapping[int, Decimal], lines: Mapping[int, SaleOrderLine]
) -> list[Said]:
    """Return what was not handed over, as it is loaded and told to the phone.

    Its price is what the whole costs more than what was handed over; empty when nobody knows.
    """
    told = []
    for move in moves:
        whole, line = brought(move), lines.get(move.order_line_id or 0)
        if not move.product or handed[move.pk] == whole:
            continue
        price = line and _price(line, whole) - _price(line, handed[move.pk])
        told.append(
            {
                "move": move.pk,
                "product": move.product.name,
                "quantity": f"{(whole - handed[move.pk]).normalize():f}",
                "unit": move.product.unit,
                "price": "" if price is None else str(price),
            }
        )
    return told


def lines_of_moves(moves: Iterable[Move]) -> Mapping[int, SaleOrderLine]:
    """Return the order's lines that these moves are of, by their keys; one query.

    Only those that count what the moves count: one that is sold in another unit than it is kept
    in, or a kit, has no price for a quantity that is handed over.
    """
    keys = {move.order_line_id for move in moves if move.order_line_id}
    own = Move.objects.filter(order_line=OuterRef("pk"), deleted_at=None)
    of_all = own.order_by().values("order_line").annotate(sum=Sum("demand")).values("sum")
    lines = SaleOrderLine.objects.filter(pk__in=keys, quantity__gt=0)
    alike = lines.filter(
        ~Exists(own.exclude(product=OuterRef("product"))), quantity=Subquery(of_all)
    )
    return alike.only("total", "quantity").in_bulk()


def state_of(job: Job, business: BusinessProfile) -> str:
    """Return where the goods change hands, in two letters; the business's own when unknown."""
    there = job.picking.destination
    return there.state.code if there and there.state else business.region


def wanted_of(items: Sequence[Item]) -> list[str]:
    """Return what the rules of these items want to stand on the ticket."""
    return [str(field) for field in wanted_by([item.rule for item in items if item.rule])]


def kept_until(items: Sequence[Item], on: dt.date) -> dt.date:
    """Return until when the ticket is kept at least."""
    days = [item.rule.kept_days or 0 for item in items if item.rule]
    return on + dt.timedelta(days=max(USUALLY_KEPT, *days, 0))


def said_of(action: StopAction, job: Job, items: Sequence[Item], business: BusinessProfile) -> Said:
    """Return all that the ticket says; amounts and quantities are texts of decimals."""
    order, customer, there = job.order, job.customer, job.picking.destination
    truck = action.run.truck if action.run else None
    symbol = order.currency.symbol if order and order.currency else ""
    at = timezone.localtime(action.done_at, ZoneInfo(business.time_zone))
    said: Said = {
        "business": {
            "name": business.name,
            "address": address_of(business),
            "phones": [for_people(one) for one in business.phones],
            "email": business.email,
            "logo": business.logo_version,
        },
        "customer": customer.shown_name if customer else "",
        "address": there.address if there else "",
        "order": job.name,
        "at": f"{at:%B} {at.day}, {at:%Y}, {at:%-I:%M %p}",
        "driver": str(action.by),
        "truck": str(truck) if truck else "",
        "currency": symbol,
        "total": str(order.total) if order else "",
        "lines": [line_told(item) for item in items],
        "rules": [
            {"state": rule.state, "since": str(rule.since), "source": rule.source}
            for rule in dict.fromkeys(item.rule for item in items if item.rule)
        ],
        "required": wanted_of(items),
    }
    return {**said, "missing": missing_from(said, items)}


def line_told(item: Item) -> Said:
    """Return an item as it is kept, and told to the phone; a price that nobody knows is empty."""
    return {
        "move": item.move,
        "product": item.product,
        "words": item.words,
        "quantity": f"{item.quantity.normalize():f}",
        "whole": f"{item.whole.normalize():f}",
        "unit": item.unit,
        "price": "" if item.price is None else str(item.price),
    }


def missing_from(said: Said, items: Sequence[Item]) -> list[str]:
    """Return what the rules want and nobody here knows, or sells otherwise: for the office.

    ``UNIT`` stands for goods that are counted in a unit in which they may not be sold.
    """
    business = said["business"]
    priced = [item for item in items if item.rule and Field.PRICE in item.rule.must_say]
    lacks = {
        Field.SELLER: not (business["name"] and business["address"]),
        Field.BUYER: not (said["customer"] and said["address"]),
        Field.PRICE: any(item.price is None for item in priced),
        Field.ORIGIN: True,  # no product says where its wood grew
    }
    missing = [field for field in said["required"] if lacks.get(Field(field))]
    odd = any(item.rule and item.unit not in item.rule.units for item in items)
    return [*missing, str(Field.UNIT)] if odd else missing


def address_of(business: BusinessProfile) -> str:
    """Return the address of the business in one line."""
    place = " ".join(filter(None, [business.region, business.postcode]))
    return ", ".join(filter(None, [business.street, business.city, place]))
