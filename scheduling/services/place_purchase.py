"""Order something at a vendor."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import Currency, Partner, Product, PurchaseOrder
from odoo_bridge.services.promise_purchase import Item, promise_purchase
from portal.accounts.models import User
from portal.audit.services.record import record
from scheduling.errors import NotForSale, NothingOrdered, SentBefore
from scheduling.selectors.supplier_prices import Offer, best_offer, currency_for, offers_of

NOON = dt.time(12)


@dataclass(frozen=True)
class Head:
    """At whom to order, under which reference of theirs, and for when.

    ``key`` becomes the order's uuid; it came with the page, so that what is sent twice is one
    order. Without a day each line is planned for as long from today as the vendor takes.
    """

    key: UUID
    vendor: Partner
    reference: str
    planned_on: dt.date | None


@dataclass(frozen=True)
class Wanted:
    """So much of a product; without a price it is what the vendor asks, with the discount."""

    product: Product
    quantity: Decimal
    price: Decimal | None = None
    discount: Decimal | None = None


@transaction.atomic
def place_purchase(
    *, head: Head, wanted: Sequence[Wanted], today: dt.date, by: User
) -> PurchaseOrder:
    """Make a draft order, and promise Odoo the same.

    :raises NothingOrdered: there is no line.
    :raises NotForSale: a line has no price and the vendor none for it, or no currency is known.
    :raises SentBefore: the page made a purchase of something else.
    """
    if sent_before := PurchaseOrder.objects.filter(uuid=head.key).first():
        refuse_unless_same(sent_before, wanted)
        return sent_before
    if not wanted:
        raise NothingOrdered("Enter how much to order of at least one product.")
    offers = offers_of(head.vendor, day=today)
    currency = currency_for(offers)
    if currency is None:
        raise NotForSale("Odoo has not told the currency yet. Try again in a minute.")
    items = [item_of(one, offers, currency, today, head.planned_on) for one in wanted]
    order = promise_purchase(
        key=head.key,
        vendor=head.vendor,
        currency=currency,
        reference=head.reference,
        items=items,
        by=by,
    )
    new = {"vendor": head.vendor.shown_name, "lines": [line_in_words(item) for item in items]}
    record(by=by, what="purchase placed", target=order, new=new)
    return order


def refuse_unless_same(order: PurchaseOrder, wanted: Sequence[Wanted]) -> None:
    """:raises SentBefore: the order is of something else."""
    lines = sorted(order.lines.values_list("product_id", "quantity"))
    if lines != sorted((one.product.pk, one.quantity) for one in wanted):
        raise SentBefore(
            "This page has made a purchase before, and what it says now is not in that one. "
            "Change that one, or begin a new one."
        )


def item_of(
    wanted: Wanted,
    offers: Sequence[Offer],
    currency: Currency,
    today: dt.date,
    planned_on: dt.date | None,
) -> Item:
    """Return what to order, with what the vendor offers where nothing was entered.

    :raises NotForSale: there is no price.
    """
    product, quantity = wanted.product, wanted.quantity
    offer = best_offer(offers, product=product, quantity=quantity, currency=currency)
    price = wanted.price if wanted.price is not None or offer is None else offer.price
    if price is None:
        raise NotForSale(f"Enter the price of {product}: this vendor has none for so much of it.")
    discount = wanted.discount
    if discount is None:
        discount = offer.discount if offer and wanted.price is None else Decimal(0)
    days = dt.timedelta(days=offer.lead_days if offer else 0)
    return Item(
        product=product,
        quantity=quantity,
        price=price,
        discount=discount,
        unit=offer.unit if offer else None,
        planned_at=noon_of(planned_on or today + days),
    )


def noon_of(day: dt.date) -> dt.datetime:
    """Return the moment for which something is planned that comes on a day."""
    return timezone.make_aware(dt.datetime.combine(day, NOON))


def line_in_words(item: Item) -> str:
    """Return a line for the audit trail."""
    return f"{item.quantity.normalize():f} {item.product} at {item.price.normalize():f}"
