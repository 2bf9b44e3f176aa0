"""What a vendor asks: for the product, or for all variants; on that day, for as much."""

import datetime as dt
from decimal import Decimal

import pytest

from portal.testing.mirrors import CurrencyFactory
from portal.testing.purchases import (
    BoughtFactory,
    CompanyFactory,
    SupplierPriceFactory,
    UnitFactory,
    VendorFactory,
)
from scheduling.selectors.supplier_prices import best_offer, currency_for, offers_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def vendor():
    return VendorFactory()


def prices_of(vendor):
    return [offer.price for offer in offers_of(vendor, day=DAY)]


def best(vendor, product, quantity, **values):
    currency = values.get("currency") or CurrencyFactory()
    offers = offers_of(vendor, day=DAY)
    return best_offer(offers, product=product, quantity=Decimal(quantity), currency=currency)


def test_a_price_of_a_template_is_that_of_its_variants(vendor):
    oak, ash = BoughtFactory(), BoughtFactory()
    SupplierPriceFactory(vendor=vendor, product=None, template_odoo_id=oak.template_odoo_id)
    SupplierPriceFactory(vendor=vendor, product=ash, unit=UnitFactory())

    offers = offers_of(vendor, day=DAY)

    assert [(offer.product, offer.unit_name) for offer in offers] == [(oak, "cord"), (ash, "load")]


def test_a_price_holds_from_a_day_until_a_day(vendor):
    SupplierPriceFactory(vendor=vendor, price=1, from_day=DAY, until_day=DAY)
    SupplierPriceFactory(vendor=vendor, price=2, until_day=DAY - ONE_DAY)
    SupplierPriceFactory(vendor=vendor, price=3, from_day=DAY + ONE_DAY)

    assert prices_of(vendor) == [1]


def test_the_prices_of_a_company_hold_for_its_people(vendor):
    SupplierPriceFactory(vendor=vendor)
    SupplierPriceFactory()

    assert len(offers_of(VendorFactory(parent=vendor), day=DAY)) == 1


def test_what_cannot_be_bought_is_not_offered(vendor):
    for values in ({"is_bought": False}, {"active": False}, {"unit_odoo_id": None}):
        SupplierPriceFactory(vendor=vendor, product=BoughtFactory(**values))

    assert offers_of(vendor, day=DAY) == []


def test_who_orders_more_gets_the_price_for_more(vendor):
    oak = BoughtFactory()
    for quantity, price in ((0, 12), (10, 11), (20, 10)):
        SupplierPriceFactory(vendor=vendor, product=oak, min_quantity=quantity, price=price)

    assert [best(vendor, oak, quantity).price for quantity in (1, 10, 30)] == [12, 11, 10]
    assert best(vendor, BoughtFactory(), 1) is None


def test_a_price_in_another_currency_is_none_for_the_order(vendor):
    price = SupplierPriceFactory(vendor=vendor)
    euro = CurrencyFactory(odoo_id=2, name="EUR", symbol="€")

    assert best(vendor, price.product, 1) is not None
    assert best(vendor, price.product, 1, currency=euro) is None


def test_the_currency_is_that_of_the_vendor_s_prices_or_of_the_business(vendor):
    assert currency_for([]) is None
    CompanyFactory()
    assert currency_for([]).name == "USD"
    euro = CurrencyFactory(odoo_id=2, name="EUR", symbol="€")
    SupplierPriceFactory(vendor=vendor, currency=None)
    SupplierPriceFactory(vendor=vendor, currency=euro)
    assert currency_for(offers_of(vendor, day=DAY)) == euro
