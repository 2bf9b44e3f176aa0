"""What was counted is brought to the bank once, and a difference is told why."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from drivers.errors import HandInChanged, OddCount
from drivers.models import Deposit
from drivers.services.make_deposit import Slip, make_deposit
from drivers.services.take_back_hand_in import take_back_hand_in
from drivers.tests.cash import DOLLAR, collected, handed_in
from portal.accounts.models import Role
from portal.audit.models import AuditRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(person):
    return person(Role.OFFICE, name="Ann")


@pytest.fixture
def hand_ins(person, ann):
    """Return 100 in cash of one driver, and of another 50 in cash and a check of 12."""
    one, other = person(Role.DRIVER), person(Role.DRIVER)
    check = collected(other, "12.00", check="1001")
    return [
        handed_in(collected(one, "100.00"), by=ann, cash="100.00"),
        handed_in(collected(other, "50.00"), check, by=ann, cash="50.00"),
    ]


def slip(hand_ins, amount, *, reason="", currency=DOLLAR):
    keys = frozenset(one.uuid for one in hand_ins)
    return Slip(
        currency=currency,
        hand_ins=keys,
        amount=Decimal(amount),
        reference="Slip 7",
        reason=reason,
    )


def test_what_is_brought_to_the_bank_is_there_once(hand_ins, ann):
    deposit = make_deposit(slip(hand_ins, "162.00"), by=ann)

    assert set(deposit.hand_ins.all()) == set(hand_ins)
    assert (deposit.expected, deposit.amount, deposit.made_by) == (162, 162, ann)
    assert (deposit.variance.is_short, deposit.variance.is_over) == (False, False)
    row = AuditRow.objects.get(what="money deposited")
    assert (row.by, row.new["reference"]) == (ann, "Slip 7")
    assert str(deposit) == "deposit Slip 7"
    with pytest.raises(HandInChanged, match="still in the office"):
        make_deposit(slip(hand_ins[:1], "100.00"), by=ann)
    with pytest.raises(HandInChanged, match="at the bank by now"):
        take_back_hand_in(key=hand_ins[0].uuid, by=ann)


def test_another_amount_has_a_reason(hand_ins, ann):
    with pytest.raises(OddCount, match=r"^What is ticked is \$\s162\.00, not \$\s160\.00\."):
        make_deposit(slip(hand_ins, "160.00"), by=ann)

    deposit = make_deposit(slip(hand_ins, "160.00", reason="A false note"), by=ann)

    assert (deposit.variance.amount, deposit.reason) == (-2, "A false note")


def test_what_was_taken_back_is_of_another_currency_or_is_nothing_is_not_brought(hand_ins, ann):
    take_back_hand_in(key=hand_ins[0].uuid, by=ann)

    for brought in (slip(hand_ins, "162"), slip([], "0"), slip(hand_ins[1:], "62", currency=2)):
        with pytest.raises(HandInChanged):
            make_deposit(brought, by=ann)
    assert not Deposit.objects.exists()


def test_the_database_keeps_what_was_deposited(hand_ins, ann):
    deposit = make_deposit(slip(hand_ins, "162.00"), by=ann)
    about = {"made_by": ann, "currency_odoo_id": 1, "expected": 5}
    for values, name in (
        ({"amount": -5, "reference": "7", "reason": "?"}, "a_deposit_is_not_less_than_none"),
        ({"amount": 4, "reference": "7"}, "another_amount_at_the_bank_has_a_reason"),
        ({"amount": 5, "reference": ""}, "a_deposit_has_a_reference"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Deposit.objects.create(**about, **values)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Deposit.objects.update(amount=1, reason="Less")
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        deposit.hand_ins.update(deposit=None)
