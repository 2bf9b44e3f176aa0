"""Sums of counted money, as people type them."""

import pytest
from django.urls import reverse

from drivers.models import Deposit, HandIn
from drivers.tests.cash import collected, sent
from portal.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE)


@pytest.fixture
def cash(person):
    return collected(person(Role.DRIVER), "1412.00")


@pytest.mark.parametrize(
    "odd", ["10000000", "9" * 40, "412.005", "4,12", "0,500", "-5", "a lot", ""]
)
def test_what_is_no_sum_is_said_so_in_plain_words(office, cash, odd):
    url, form = sent(cash, cash=odd, reason="So it is")

    refused = office.post(url, form)

    assert refused.status_code == 422
    assert "Type an amount from 0.00 to 1,000,000.00." in refused.text
    assert not HandIn.objects.exists()


@pytest.mark.parametrize("typed", ["$1,412.00", "€\u00a01412", " 1,412.0 "])
def test_a_sum_is_typed_as_it_is_written(office, cash, typed):
    url, form = sent(cash, cash=typed)
    assert office.post(url, form).status_code == 302
    hand_in = HandIn.objects.get()

    slip = {"hand_ins": [hand_in.uuid], "amount": " 1,412", "reference": "7"}
    assert office.post(reverse("drivers:cash-deposit", args=[1]), slip).status_code == 302

    assert (hand_in.counted_cash, Deposit.objects.get().amount) == (1412, 1412)
