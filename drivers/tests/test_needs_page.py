"""An administrator says what drivers have to do; each change is written down."""

import pytest
from django.urls import reverse

from drivers.models import Requirement
from drivers.selectors.needs import DEFAULTS, wanted
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import PartnerFactory, ProductFactory

pytestmark = pytest.mark.django_db
PAGE = "/setup/drivers/needs/"


@pytest.fixture
def boss(signed_in):
    return signed_in(Role.ADMIN)


def add(boss, whom, act="PHOTO", level="REQUIRED"):
    return boss.post(reverse("drivers:needs-add"), {"whom": whom, "act": act, "level": level})


def test_what_is_wanted_of_everybody_is_changed_and_audited(boss):
    assert 'value="WARN" selected' in boss.get(PAGE).text
    sent = {**DEFAULTS, "PHOTO": "REQUIRED", "VEHICLE": "OFF"}

    for _twice in range(2):
        assert boss.post(reverse("drivers:needs-everybody"), sent).url == PAGE

    assert wanted().everybody == sent
    rows = AuditRow.objects.filter(what="requirement changed").order_by("pk")
    assert [(row.old, row.new) for row in rows] == [
        ({"level": "WARN"}, {"level": "OFF"}),
        ({"level": "OPTIONAL"}, {"level": "REQUIRED"}),
    ]
    assert boss.post(reverse("drivers:needs-everybody"), {**sent, "PHOTO": "X"}).status_code == 422


def test_an_exception_is_looked_for_added_changed_and_removed(boss):
    diner = PartnerFactory(name="Hill Diner")
    assert "Search below" in boss.get(PAGE).text
    assert f"customer-{diner.pk}" in boss.get(PAGE, {"q": "hill din"}).text

    assert add(boss, f"customer-{diner.pk}").url == PAGE
    row = Requirement.objects.get()
    assert (row.customer, row.product, row.act, row.level) == (diner, None, "PHOTO", "REQUIRED")
    again = add(boss, f"customer-{diner.pk}", level="OFF")
    assert (again.status_code, "on the list already" in again.text) == (422, True)

    where = reverse("drivers:needs-change", args=[row.pk])
    for _twice in range(2):
        boss.post(where, {"level": "OFF"})
    assert Requirement.objects.get().level == "OFF"
    assert AuditRow.objects.get(what="requirement changed").new == {"level": "OFF"}
    assert boss.post(where, {"level": "X"}).status_code == 422

    for _twice in range(2):
        assert boss.post(reverse("drivers:needs-remove", args=[row.pk])).url == PAGE
    assert not Requirement.objects.exists()
    boss.post(where, {"level": "OFF"})
    assert AuditRow.objects.count() == 3


def test_what_holds_for_everybody_is_no_exception(boss):
    usual = Requirement.objects.create(act="PHOTO", level="WARN")
    boss.post(reverse("drivers:needs-remove", args=[usual.pk]))
    boss.post(reverse("drivers:needs-change", args=[usual.pk]), {"level": "OFF"})
    usual.refresh_from_db()
    assert usual.level == "WARN"


def test_a_product_is_found_by_its_code_and_what_is_no_goods_is_not(boss):
    bark = ProductFactory(name="Pine bark", code="PB4")
    ProductFactory(name="Pine delivery", kind="service")
    page = boss.get(PAGE, {"q": "pb4"}).text
    assert f"product-{bark.pk}" in page
    assert "Pine delivery" not in boss.get(PAGE, {"q": "pine"}).text
    assert "No customer and no product" in boss.get(PAGE, {"q": "zzz"}).text

    add(boss, f"product-{bark.pk}", "LOADED", "WARN")
    assert wanted().products == {(bark.pk, "LOADED"): "WARN"}
    assert "Pine bark" in boss.get(PAGE).text


@pytest.mark.parametrize("whom", ["", "customer-", "customer-0", "truck-1", "customer-x"])
def test_an_exception_is_for_somebody(boss, whom):
    answer = add(boss, whom)
    assert (answer.status_code, "Search for a customer" in answer.text) == (422, True)


def test_a_truck_is_checked_for_everybody_alike(boss):
    assert add(boss, f"customer-{PartnerFactory().pk}", "VEHICLE").status_code == 422


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_as_many_queries_for_many_exceptions(
    boss, django_assert_max_num_queries, number
):
    for _ in range(number):
        Requirement.objects.create(act="PHOTO", level="OFF", customer=PartnerFactory())
    with django_assert_max_num_queries(9):
        boss.get(PAGE)
