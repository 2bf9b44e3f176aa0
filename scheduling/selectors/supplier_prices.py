"""What a vendor asks, and how long it takes to come."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from odoo_bridge.models import Company, Currency, Partner, Product, SupplierPrice, Unit


@dataclass(frozen=True)
class Offer:
    """A product at the price of one ``unit``; it comes so many days after the order."""

    product: Product
    price: Decimal
    discount: Decimal
    unit: Unit | None
    currency: Currency | None
    lead_days: int
    from_quantity: Decimal

    @property
    def unit_name(self) -> str:
        """The unit in which it is sold."""
        return self.unit.name if self.unit else self.product.unit


def offers_of(
    vendor: Partner, *, day: dt.date, products: QuerySet[Product] | None = None
) -> list[Offer]:
    """Return what the vendor offers on a day, the best match of a product first; two queries."""
    prices = list(
        SupplierPrice.objects.filter(deleted_at=None, vendor__in=[vendor.pk, vendor.parent_id])
        .filter(Q(from_day=None) | Q(from_day__lte=day), Q(until_day=None) | Q(until_day__gte=day))
        .select_related("unit", "currency")
        .order_by("position", "-min_quantity", "price", "pk")
    )
    of_them = Q(pk__in=[price.product_id for price in prices if price.product_id]) | Q(
        template_odoo_id__in=[price.template_odoo_id for price in prices if not price.product_id]
    )
    found = buyable_products() if products is None else products
    return [
        _offer(product, price)
        for product in found.filter(of_them)
        for price in prices
        if _is_for(price, product)
    ]


def best_offer(
    offers: Iterable[Offer], *, product: Product, quantity: Decimal, currency: Currency
) -> Offer | None:
    """Return what holds for so much of a product, in the currency of the order."""
    return next(
        (
            offer
            for offer in offers
            if offer.product == product
            and offer.from_quantity <= quantity
            and offer.currency in {None, currency}
        ),
        None,
    )


def buyable_products() -> QuerySet[Product]:
    """Return what can be bought, by name."""
    known = Product.objects.filter(active=True, is_bought=True, deleted_at=None)
    return known.exclude(odoo_id=None).exclude(unit_odoo_id=None).order_by("name", "code", "pk")


def currency_for(offers: Iterable[Offer]) -> Currency | None:
    """Return the currency in which the vendor sells; else that of the business's first company."""
    asked = next((offer.currency for offer in offers if offer.currency), None)
    if asked is not None:
        return asked
    companies = Company.objects.filter(active=True).exclude(currency=None)
    company = companies.select_related("currency").order_by("odoo_id").first()
    return company.currency if company else None


def _is_for(price: SupplierPrice, product: Product) -> bool:
    """Say whether a price is of the product: of it alone, or of all variants of its template."""
    if price.product_id:
        return price.product_id == product.pk
    return price.template_odoo_id == product.template_odoo_id


def _offer(product: Product, price: SupplierPrice) -> Offer:
    return Offer(
        product=product,
        price=price.price,
        discount=price.discount,
        unit=price.unit,
        currency=price.currency,
        lead_days=price.lead_days,
        from_quantity=price.min_quantity,
    )
