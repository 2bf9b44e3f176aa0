"""Money is counted by a second person, all that was seen and nothing else, and once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F

from drivers.errors import HandInChanged, OddCount, OwnMoney
from drivers.models import Collection, HandIn
from drivers.services.count_hand_in import count_hand_in
from drivers.services.take_back_hand_in import take_back_hand_in
from drivers.tests.cash import collected, count_of, handed_in, sent
from odoo_bridge.models import OutboxEntry, Payment
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.core.models import Change
from portal.local.ports import wait_until
from portal.testing.sessions import other_session

pytestmark = pytest.mark.django_db
WAITERS = (
    "select from pg_stat_activity"
    " where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0"
)


@pytest.fixture
def dale(person):
    return person(Role.DRIVER, name="Dale Rivers")


@pytest.fixture
def ann(person):
    return person(Role.OFFICE, name="Ann")


def test_what_is_counted_is_no_longer_with_the_driver(dale, ann):
    cash, check = collected(dale, "400.00"), collected(dale, "12.50", check="1001")
    Change.objects.all().delete()
    promised = OutboxEntry.objects.count()

    hand_in = count_hand_in(count_of(cash, check, cash="400.00", checks=[check]), by=ann)

    assert set(hand_in.collections.all()) == {cash, check}
    assert (hand_in.driver, hand_in.counted_by) == (dale, ann)
    assert (hand_in.expected_cash, hand_in.counted_cash) == (400, 400)
    assert (hand_in.check_count, hand_in.check_sum) == (1, Decimal("12.50"))
    assert (hand_in.counted, hand_in.variance.amount) == (Decimal("412.50"), 0)
    row = AuditRow.objects.get(what="money counted")
    assert (row.by, row.target_id) == (ann, str(hand_in.uuid))
    assert row.new["collections"] == [cash.pk, check.pk]
    assert list(Change.objects.values_list("topic", flat=True)) == ["money"]
    assert OutboxEntry.objects.count() == promised
    assert str(hand_in) == f"hand-in {hand_in.uuid}"


def test_a_check_that_is_not_there_stays_with_the_driver_with_a_reason(dale, ann):
    cash, check = collected(dale, "400.00"), collected(dale, "12.50", check="1001")
    with pytest.raises(OddCount, match="A check is not ticked"):
        count_hand_in(count_of(cash, check, cash="400"), by=ann)

    count_hand_in(count_of(cash, check, cash="400", reason="In the truck"), by=ann)

    check.refresh_from_db()
    assert check.hand_in is None
    assert handed_in(check, by=ann, cash="0").check_sum == Decimal("12.50")


def test_a_difference_is_told_why_to_the_cent(dale, ann):
    cash = collected(dale, "412.00")
    with pytest.raises(OddCount, match=r"^\$\s412\.00 in cash should be there, not \$\s411\.99\."):
        count_hand_in(count_of(cash, cash="411.99"), by=ann)

    hand_in = count_hand_in(count_of(cash, cash="411.99", reason="A cent was lost"), by=ann)

    assert (hand_in.variance.amount, hand_in.variance.is_short) == (Decimal("-0.01"), True)


def test_nobody_counts_their_own_money(ann):
    with pytest.raises(OwnMoney, match="a second person counts it"):
        handed_in(collected(ann, "412.00"), by=ann, cash="412.00")


def test_a_hand_in_of_nothing_is_refused(dale, ann):
    check = collected(dale, "12.50", check="1001")

    with pytest.raises(OddCount, match="Nothing of this was handed in"):
        count_hand_in(count_of(check, cash="0", reason="Lost"), by=ann)


def test_another_driver_s_and_another_currency_s_money_is_not_counted(dale, ann, person):
    mine, other = collected(dale, "10"), collected(person(Role.DRIVER), "20", check="7")
    loonies = collected(dale, "30", currency=2)
    for seen, checks in (([mine, other], []), ([mine, loonies], []), ([mine], [other])):
        with pytest.raises(HandInChanged):
            count_hand_in(count_of(*seen, cash="10", checks=checks), by=ann)

    assert handed_in(loonies, by=ann, cash="30", currency=2).currency_odoo_id == 2
    assert handed_in(mine, by=ann, cash="10").expected_cash == 10


def test_what_was_collected_counted_or_given_up_meanwhile_is_looked_at_first(dale, ann):
    cash = collected(dale, "412.00")
    seen = count_of(cash, cash="412.00")
    more = collected(dale, "5.00")
    with pytest.raises(HandInChanged, match="count again"):
        count_hand_in(seen, by=ann)

    Payment.objects.filter(pk=more.payment_id).update(state="canceled")
    count_hand_in(seen, by=ann)
    with pytest.raises(HandInChanged):
        count_hand_in(seen, by=ann)


def test_a_count_that_is_taken_back_stays_and_its_money_is_counted_anew(dale, ann):
    cash = collected(dale, "412.00")
    wrong = handed_in(cash, by=ann, cash="312.00", reason="A hundred is missing")

    take_back_hand_in(key=wrong.uuid, by=ann)

    wrong.refresh_from_db()
    assert (wrong.taken_back_by, wrong.counted_cash) == (ann, 312)
    row = AuditRow.objects.get(what="hand-in taken back")
    assert (row.target_id, row.old) == (str(wrong.uuid), {"collections": [cash.pk]})
    with pytest.raises(HandInChanged, match="was taken back"):
        take_back_hand_in(key=wrong.uuid, by=ann)
    assert handed_in(cash, by=ann, cash="412.00").variance.amount == 0


def test_the_database_keeps_what_was_counted(dale, ann):
    hand_in = handed_in(collected(dale, "412.00"), by=ann, cash="412.00")
    rows = HandIn.objects.filter(pk=hand_in.pk)
    about = {"currency_odoo_id": 1, "check_count": 0, "check_sum": 0, "expected_cash": 5}
    for values, name in (
        ({"driver": ann, "counted_by": ann, "counted_cash": 5}, "money_is_counted_by_a_second_p"),
        ({"driver": dale, "counted_by": ann, "counted_cash": -5, "reason": "?"}, "not_less_than_"),
        ({"driver": dale, "counted_by": ann, "counted_cash": 4}, "other_cash_has_a_reason"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            HandIn.objects.create(**about, **values)
    with pytest.raises(IntegrityError, match="what_is_taken_back"), transaction.atomic():
        rows.update(taken_back_by=ann)
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        rows.update(counted_cash=F("counted_cash") - 1)
    Collection.objects.update(hand_in=None)
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic():
        rows.delete()
    Collection.objects.update(hand_in=hand_in)
    take_back_hand_in(key=hand_in.uuid, by=ann)
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        rows.update(taken_back_at=None, taken_back_by=None)


@pytest.mark.django_db(transaction=True)
def test_of_those_who_count_at_once_one_does_and_the_others_see_what_is_left(dale, signed_in):
    taken = [collected(dale, "100.00"), collected(dale, "12.00", check="1001")]
    url, form = sent(*taken, cash="100.00", checks=taken[1:])
    first, *others = [signed_in(Role.OFFICE) for _ in range(3)]

    def count(browser):
        try:
            return browser.post(url, form, headers={"HX-Request": "true"})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool, other_session() as looker:
        looker.autocommit = True
        with transaction.atomic():
            assert count_hand_in(count_of(*taken, cash="100", checks=taken[1:]), by=first.user)
            answers = [pool.submit(count, browser) for browser in others]
            wait_until(lambda: looker.execute(WAITERS).rowcount == 2, what="the others")
        answers = [answer.result() for answer in answers]

    assert HandIn.objects.get().counted_by == first.user
    for answer in answers:
        assert answer.status_code == 422
        assert "has changed meanwhile" in answer.text
        assert "1 check" in answer.text  # in the office by now
        assert 'name="seen"' not in answer.text
