"""Who is known already, under a number however it is written, or a mail address."""

import pytest
from django.db import connection
from django.utils import timezone

from odoo_bridge.selectors.customers import customers_with
from portal.testing.mirrors import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written", ["+16065550101", "(606) 555-0101", "606.555.0101", "+1 606 555 0101"]
)
def test_a_number_is_known_however_it_is_written(written):
    ann = PartnerFactory(phone=written)
    PartnerFactory(phone="")

    assert customers_with(phones=["+16065550101"]) == [ann]


@pytest.mark.parametrize("other", ["859-555-0101", "555-0101", "+44 20 7555 0101", "none"])
def test_another_number_that_ends_alike_is_another_s(other):
    PartnerFactory(phone=other)

    assert customers_with(phones=["+16065550101"]) == []


def test_a_mail_address_is_known_in_capitals_too():
    ann = PartnerFactory(email="Ann@Example.org", phone="606-555-0199")
    PartnerFactory(email="")

    assert customers_with(email="ann@example.ORG") == [ann]
    assert customers_with(email="ann@example.com") == []


def test_either_will_do_and_the_oldest_comes_first():
    first = PartnerFactory(email="ann@example.org")
    second = PartnerFactory(phone="606-555-0101")

    assert customers_with(phones=["+16065550101"], email="ann@example.org") == [first, second]


def test_who_is_archived_or_deleted_in_odoo_is_not_offered():
    PartnerFactory(email="ann@example.org", active=False)
    PartnerFactory(email="ann@example.org", deleted_at=timezone.now())

    assert customers_with(email="ann@example.org") == []


def test_without_a_number_and_an_address_nobody_is_found():
    PartnerFactory(phone="", email="")

    assert customers_with() == []


def test_nobody_is_looked_for_by_reading_all(django_assert_num_queries):
    PartnerFactory.create_batch(200)
    with connection.cursor() as cursor:
        cursor.execute("analyze odoo_bridge_partner")
        cursor.execute("set local enable_seqscan = off")

    with django_assert_num_queries(2) as asked:
        customers_with(phones=["+16065550101"], email="ann@example.org")

    with connection.cursor() as cursor:
        cursor.execute("explain " + asked.captured_queries[-1]["sql"])
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "partner_end_of_phone" in plan
    assert "partner_email" in plan
