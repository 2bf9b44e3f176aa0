"""``/cash/``: what is on the road, counted, in the office and at the bank."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.models import Deposit, HandIn, ProofOfDelivery
from drivers.tests.cash import CASH, collected, handed_in, sent
from drivers.tests.phone import CASH as IN_CASH
from drivers.tests.phone import phone_of
from drivers.tests.pictures import a_picture, named, put
from odoo_bridge.models import OutboxEntry, Payment
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import StopFactory

pytestmark = pytest.mark.django_db
PARTIAL = {"HX-Request": "true"}
SPACE = "\u00a0"
PICTURE = a_picture()


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE, name="Ann")


@pytest.fixture
def dale(person):
    return person(Role.DRIVER, name="Dale Rivers")


def words(answer):
    """Return what a person reads, without tags; each space is one."""
    text = re.sub(r"<[^>]+>", " ", answer.text).replace(SPACE, " ")
    return re.sub(r"\s+", " ", text)


def parked(collection):
    """Have Odoo refuse a payment; return its entry."""
    entry = OutboxEntry.objects.get(payload__payment_uuid=str(collection.payment.uuid))
    OutboxEntry.objects.filter(pk=entry.pk).update(state="PARKED", last_error="No", attempts=1)
    return entry


def deposit(browser, *hand_ins, amount, currency=1, **more):
    form = {"hand_ins": [one.uuid for one in hand_ins], "amount": amount, "reference": "Slip 7"}
    url = reverse("drivers:cash-deposit", args=[currency])
    return browser.post(url, {**form, **more}, headers=PARTIAL)


def test_an_empty_page_says_what_will_stand_there(office):
    text = words(office.get(CASH))

    assert "Nothing. What a driver collects on the phone stands here" in text
    assert "Nothing. Count what a driver hands in" in text
    assert "Nothing was collected. Each day" in text


def test_what_the_phone_says_stands_on_the_road_with_all_that_was_said(office):
    stop = StopFactory(
        run__driver__user__name="Dale Rivers",
        job__picking__order__customer__name="Hill Diner",
        job__picking__order__name="S00077",
        job__picking__order__customer_odoo_id=7,
        job__picking__order__currency_odoo_id=1,
    )
    phone = phone_of(stop)
    phone.do("DELIVERED", stop)
    pictured(phone, stop)
    check = {**IN_CASH, "method": "CHECK", "number": "1001", "reason": "The rest on Friday"}
    phone.do("COLLECTED", stop, **{**check, "amount": "400.00"})
    phone.do("COLLECTED", stop, **{**IN_CASH, "amount": "12.00"})

    text = words(office.get(CASH))

    assert "With Dale Rivers Cash $ 12.00 1 check $ 400.00" in text
    assert (
        "Check 1001 Look at it 1001 Hill Diner S00077 $ 400.00 $ 412.00 The rest on Friday" in text
    )
    assert "Cash Hill Diner S00077 $ 12.00 $ 12.00" in text
    assert "on the phone" not in text
    proof = ProofOfDelivery.objects.get()
    assert reverse("drivers:proof", args=[proof.uuid]) in office.get(CASH).text
    assert "Dale Rivers $ 412.00 $ 412.00 still with the driver — — — —" in text


def test_what_the_phone_asked_for_stands_beside_what_was_due(office):
    stop = StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )
    phone = phone_of(stop)
    phone.do("DELIVERED", stop)
    said = {**IN_CASH, "amount": "300.00", "due": "309.00", "reason": "Short of change"}
    assert phone.do("COLLECTED", stop, **said) == ("APPLIED", "")

    shown = words(office.get(CASH))
    assert "$ 300.00 $ 412.00 on the phone $ 309.00 Short of change" in shown


def pictured(phone, stop):
    """Take a picture of a check; its bytes arrive."""
    picture = phone.act("CHECK", stop, **named(PICTURE))
    phone.send(picture)
    put(phone, picture, PICTURE)


def test_each_check_has_its_own_picture(office):
    stop = StopFactory(
        job__picking__order__customer_odoo_id=7, job__picking__order__currency_odoo_id=1
    )
    phone = phone_of(stop)
    phone.do("DELIVERED", stop)
    first, second, third = (
        {**IN_CASH, "method": "CHECK", "number": number, "reason": "In three", "amount": "100.00"}
        for number in ("1001", "1002", "1003")
    )
    for check, has_picture in ((first, True), (second, False), (third, False)):
        if has_picture:
            pictured(phone, stop)
        phone.do("COLLECTED", stop, **check)
    pictured(phone, stop)  # the one of before did not arrive

    text = words(office.get(CASH))
    assert "Check 1001 Look at it" in text
    assert "Check 1002 Look at it" not in text
    assert "Check 1003 Look at it" in text
    of_1001, of_1003 = ProofOfDelivery.objects.order_by("pk")
    shown = office.get(CASH).text
    where = [shown.index(reverse("drivers:proof", args=[one.uuid])) for one in (of_1001, of_1003)]
    assert where == sorted(where)


def test_money_goes_from_the_driver_s_hand_to_the_bank(office, dale):
    taken = [collected(dale, "400.00"), collected(dale, "12.50", check="1001")]
    url, form = sent(*taken, cash="390.00", checks=taken[1:])

    refused = office.post(url, form, headers=PARTIAL)
    assert refused.status_code == 422
    assert "$ 400.00 in cash should be there, not $ 390.00." in words(refused)
    assert 'value="390.00"' in refused.text
    assert re.search(rf'name="checks" value="{taken[1].pk}" checked', refused.text)
    counted = words(office.post(url, {**form, "reason": "A ten is missing"}, headers=PARTIAL))
    assert "✓ The money is counted." in counted
    assert "to be deposited: $ 402.50 Dale Rivers" in counted
    assert "$ 390.00 in cash, $ 12.50 in 1 check (1001)" in counted
    assert "$ 412.50 $ 412.50 $ 402.50 ▼ \u2212$ 10.00 short A ten is missing (Ann)" in counted
    assert "● $ 402.50 in the office" in counted

    hand_in = HandIn.objects.get()
    refused = deposit(office, hand_in, amount="403")
    assert (refused.status_code, "not $ 403.00." in words(refused)) == (422, True)
    banked = words(deposit(office, hand_in, amount="403.00", reason="A coin more"))
    assert "✓ The deposit is noted." in banked
    assert "$ 402.50 $ 403.00 ▲ +$ 0.50 over A coin more Dale Rivers" in banked
    assert f"{business_today():%-d %b}, Slip 7" in banked
    assert "in the office" not in banked.split("The last 30 days")[1]


def test_a_count_is_taken_back_once(office, dale):
    hand_in = handed_in(collected(dale, "412.00"), by=office.user, cash="412.00")
    url = reverse("drivers:cash-take-back", args=[hand_in.uuid])

    text = words(office.post(url, follow=True))
    assert "The count is taken back." in text
    assert "With Dale Rivers Cash $ 412.00" in text
    assert "$ 412.00 still with the driver — — — $ 412.00 was taken back by Ann" in text
    again = office.post(url)
    assert (again.status_code, "or was taken back." in words(again)) == (422, True)


def test_what_is_not_filled_in_or_not_the_page_s_is_refused(office, dale):
    cash = collected(dale, "412.00")
    url, form = sent(cash, cash="412.00")
    for wrong in ({"cash": ""}, {"cash": "-1"}, {"cash": "NaN"}, {"seen": "x"}, {"checks": "x"}):
        assert office.post(url, {**form, **wrong}).status_code == 422
    assert not HandIn.objects.exists()
    hand_in = handed_in(cash, by=office.user, cash="412.00")
    for wrong in ({"amount": ""}, {"reference": " "}, {"hand_ins": "x"}, {"hand_ins": []}):
        answer = deposit(office, hand_in, **{"amount": "412.00", **wrong})
        assert answer.status_code == 422
    assert "Tick what was brought to the bank." in words(answer)
    assert not Deposit.objects.exists()
    for nobody in (0, 10**30):
        far = reverse("drivers:cash-count", args=[nobody, nobody])
        assert office.post(far, {**form, "reason": " "}).status_code == 422
        assert deposit(office, hand_in, amount="412", currency=nobody).status_code == 422
    gone = words(office.post(url, {"cash": ""}))
    assert "✕ This has changed meanwhile." in gone


def test_the_director_reads_and_a_driver_does_neither(signed_in, office, dale, client):
    handed_in(collected(dale, "10.00"), by=office.user, cash="10.00")
    cash, check = collected(dale, "412.00"), collected(dale, "5.00", check="1001")
    director = signed_in(Role.DIRECTOR).get(CASH, headers=PARTIAL)
    assert "Check 1001" in words(director)
    assert '<form method="post" action="/cash/' in office.get(CASH).text
    for control in ("Take it over", "Take back", "Note the deposit", 'type="checkbox"'):
        assert control not in director.text
    client.force_login(dale)
    url, form = sent(cash, check, cash="412.00", checks=[check])
    assert client.get(CASH).status_code == 403
    assert client.post(url, form).status_code == 403


def test_whoever_collected_is_told_that_another_counts(office):
    cash = collected(office.user, "412.00")

    text = words(office.get(CASH))
    assert "You have collected this yourself" in text
    assert "Take it over" not in text
    url, form = sent(cash, cash="412.00")
    assert office.post(url, form).status_code == 422


def test_what_odoo_refused_leads_to_the_desk_and_what_was_given_up_does_not_count(office, dale):
    refused, dropped = collected(dale, "400.00"), collected(dale, "12.00", check="1001")
    old = collected(dale, "7.00", at=timezone.now() - dt.timedelta(days=31))
    entry = parked(refused)
    given_up = [str(one.payment.uuid) for one in (dropped, old)]
    OutboxEntry.objects.filter(payload__payment_uuid__in=given_up).update(
        state="DROPPED", note="Typed twice"
    )

    answer = office.get(CASH)

    assert f'href="{reverse("odoo_bridge:desk")}#parked-{entry.pk}"' in answer.text
    text = words(answer)
    assert "✕ Odoo refused 1 payment" in text
    assert "Cash $ 400.00 What From" in text  # no check is to be there
    assert text.count("it does not count") == 1
    assert "7.00" not in text
    assert handed_in(refused, by=office.user, cash="400.00").check_count == 0
    assert "Take it over" not in words(office.get(CASH))


def test_amounts_of_two_currencies_are_never_added(office, dale):
    dollars, loonies = collected(dale, "10.00"), collected(dale, "30.00", currency=2)
    text = words(office.get(CASH))
    assert "With Dale Rivers, USD Cash $ 10.00" in text
    assert "With Dale Rivers, CAD Cash C$ 30.00" in text

    handed_in(dollars, by=office.user, cash="10.00")
    handed_in(loonies, by=office.user, cash="30.00", currency=2)
    text = words(office.get(CASH))
    assert "deposited, USD: $ 10.00" in text
    assert "deposited, CAD: C$ 30.00" in text
    deposit(office, *HandIn.objects.filter(currency_odoo_id=2), amount="30", currency=2)
    assert "C$ 30.00 C$ 30.00 ✓ exact" in words(office.get(CASH))


def test_a_currency_that_odoo_no_longer_has_is_shown_without_a_sign(office, dale):
    first = collected(dale, "10.00")
    Payment.objects.update(currency_odoo_id=9)
    assert "With Dale Rivers Cash 10.00" in words(office.get(CASH))

    hand_in = handed_in(first, by=office.user, cash="10.00", currency=9)
    assert "deposited: 10.00" in words(office.get(CASH))
    deposit(office, hand_in, amount="10.00", currency=9)
    assert "10.00 10.00 ✓ exact" in words(office.get(CASH))


def test_days_are_the_business_s_and_the_newest_comes_first(office, dale, settings):
    settings.BUSINESS_TIME_ZONE = "America/New_York"
    night = timezone.now().replace(hour=3, minute=30) - dt.timedelta(days=3)  # the evening before
    collected(dale, "10.00", at=night)
    collected(dale, "20.00")
    collected(dale, "30.00", at=timezone.now() - dt.timedelta(days=32))

    text = words(office.get(CASH)).split("The last 30 days")[1]

    evening = night.date() - dt.timedelta(days=1)
    assert f"{evening:%a %-d %b} · Dale Rivers $ 10.00" in text
    assert text.index("$ 20.00") < text.index("$ 10.00")
    assert "30.00" not in text


def test_the_page_costs_as_many_queries_however_much_there_is(
    office, person, django_assert_num_queries
):
    for number in (1, 4):
        for _ in range(number):
            driver = person(Role.DRIVER)
            banked = handed_in(collected(driver, "7.00"), by=office.user, cash="7.00")
            deposit(office, banked, amount="7.00")
            both = collected(driver, "20.00"), collected(driver, "2.00", check="7")
            handed_in(*both, by=office.user, cash="20.00")
            collected(driver, "10.00")
            parked(collected(driver, "5.00", check="1001"))
        with django_assert_num_queries(12):  # session, person, business, and nine of the page
            office.get(CASH, headers=PARTIAL)
