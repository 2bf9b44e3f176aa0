"""A stop whose order can be paid, and the phone of its driver."""

import pytest

from drivers.tests.phone import phone_of
from portal.testing.yard import StopFactory


@pytest.fixture
def stop():
    return StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )


@pytest.fixture
def phone(stop):
    return phone_of(stop)
