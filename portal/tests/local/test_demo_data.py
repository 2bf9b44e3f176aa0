from collections import Counter

import pytest

from portal.local.demo_data import CUSTOMERS, DRIVERS, PRODUCTS, TOWNS, TRUCKS

BY_CODE = {product.code: product for product in PRODUCTS}


@pytest.mark.parametrize("customer", CUSTOMERS, ids=lambda customer: customer.name)
def test_an_order_fits_on_a_truck(customer):
    weight = sum(BY_CODE[code].weight * quantity for code, quantity in customer.lines)
    volume = sum(BY_CODE[code].volume * quantity for code, quantity in customer.lines)

    assert any(weight <= truck.weight and volume <= truck.volume for truck in TRUCKS)


def test_there_is_stock_for_all_orders():
    ordered: Counter[str] = Counter()
    for customer in CUSTOMERS:
        ordered.update(dict(customer.lines))

    assert all(BY_CODE[code].stock >= quantity for code, quantity in ordered.items())


def test_everybody_lives_in_a_town_that_is_known():
    assert {customer.town for customer in CUSTOMERS} <= set(TOWNS)


def test_names_are_different():
    assert len({customer.name for customer in CUSTOMERS}) == len(CUSTOMERS)
    assert len(BY_CODE) == len(PRODUCTS)
    assert {driver.plate for driver in DRIVERS} <= {truck.plate for truck in TRUCKS}


def test_some_pay_later_and_most_at_once():
    later = sum(customer.pays_in_30_days for customer in CUSTOMERS)

    assert 0 < later < len(CUSTOMERS) / 3
