"""What is short of that which productions are made of.

Odoo says whether all parts of a production are reserved for it. Which of them are not is reckoned
here: what the bill of materials wants, against what the warehouses of the company hold and nobody
has reserved. What a production has reserved of a part itself is not free either: a part is named
with all that is wanted of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Sum

from odoo_bridge.models import (
    BillOfMaterials,
    BillOfMaterialsLine,
    Product,
    StockLevel,
    Unit,
)
from odoo_bridge.selectors.productions import ShownProduction

RESERVED = "assigned"
FOUR_PLACES = Decimal("0.0001")
Key = tuple[int | None, int]  # a company and a product, by their ids in Odoo


@dataclass(frozen=True)
class Short:
    """So much of a part is wanted, in its own unit, and no more than this is free."""

    product: str
    wanted: Decimal
    free: Decimal
    unit: str


def short_parts(productions: Sequence[ShownProduction]) -> dict[int, list[Short]]:
    """Return what is short of each production's parts, by its key; three queries.

    Services are never short, and neither are kits: Odoo wants their parts instead.
    """
    wanting = [one for one in productions if one.order.bill_id and wants_parts(one)]
    if not wanting:
        return {}
    lines = _lines_of({one.order.bill_id for one in wanting if one.order.bill_id})
    listed = [line for of_bill in lines.values() for line in of_bill]
    free = _free_of({line.product.odoo_id for line in listed if line.product})
    factors = dict(Unit.objects.values_list("odoo_id", "factor"))
    return {
        one.order.pk: _short_of(one, lines[one.order.bill_id], free, factors) for one in wanting
    }


def wants_parts(shown: ShownProduction) -> bool:
    """Say whether it is to be made, and Odoo has not reserved all its parts."""
    return not shown.is_over and shown.order.parts_state != RESERVED


def _lines_of(bills: Iterable[int]) -> Mapping[int | None, list[BillOfMaterialsLine]]:
    """Return the parts by bill; a part that Odoo took off its bill may still be here."""
    kits = BillOfMaterials.objects.filter(
        kind=BillOfMaterials.KIT, active=True, deleted_at=None, template_odoo_id__isnull=False
    )
    rows = (
        BillOfMaterialsLine.objects.filter(bill__in=bills, deleted_at=None, product__isnull=False)
        .exclude(product__kind="service")
        .exclude(product__template_odoo_id__in=kits.values("template_odoo_id"))
        .select_related("bill", "product")
        .order_by("position", "odoo_id")
    )
    found: defaultdict[int | None, list[BillOfMaterialsLine]] = defaultdict(list)
    for row in rows:
        if row.bill is not None and row.odoo_id in row.bill.line_ids:
            found[row.bill_id].append(row)
    return found


def _free_of(products: Iterable[int | None]) -> Mapping[Key, Decimal]:
    levels = StockLevel.objects.filter(product_odoo_id__in=list(products)).values_list(
        "warehouse__company_odoo_id", "product_odoo_id"
    )
    return {
        (company, product): free
        for company, product, free in levels.annotate(free=Sum(F("on_hand") - F("reserved")))
    }


def _short_of(
    shown: ShownProduction,
    lines: Iterable[BillOfMaterialsLine],
    free: Mapping[Key, Decimal],
    factors: Mapping[int | None, Decimal],
) -> list[Short]:
    wanted: defaultdict[Product, Decimal] = defaultdict(Decimal)
    for part, line in ((line.product, line) for line in lines if line.product):
        wanted[part] += _wanted(shown, line, part, factors)
    return [
        Short(product.name, amount, at_hand, product.unit)
        for product, amount in wanted.items()
        for at_hand in [free.get((shown.order.company_odoo_id, product.odoo_id or 0), Decimal(0))]
        if amount > at_hand
    ]


def _wanted(
    shown: ShownProduction,
    line: BillOfMaterialsLine,
    part: Product,
    factors: Mapping[int | None, Decimal],
) -> Decimal:
    """Return how much of a part it takes, in the part's own unit."""
    order, bill = shown.order, line.bill
    if bill is None or not bill.quantity:
        return Decimal(0)
    times: Decimal = (
        order.quantity * _ratio(order.unit_odoo_id, bill.unit_odoo_id, factors) / bill.quantity
    )
    amount = times * line.quantity * _ratio(line.unit_odoo_id, part.unit_odoo_id, factors)
    return Decimal(amount).quantize(FOUR_PLACES)


def _ratio(unit: int | None, other: int | None, factors: Mapping[int | None, Decimal]) -> Decimal:
    """Return how many of the other unit one of a unit is; 1 where that is not known."""
    one, wanted = factors.get(unit), factors.get(other)
    return one / wanted if one and wanted else Decimal(1)
