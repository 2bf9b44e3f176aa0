"""The office's day: what needs a person."""

import datetime as dt

import pytest
from django.urls import reverse

from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.office.selectors.needs import needs_of
from portal.testing.days import business_today
from portal.testing.yard import JobFactory, StopFactory
from scheduling.models import Place
from scheduling.services.follow_places import place_at

pytestmark = pytest.mark.django_db
NOTHING = "Nothing needs you here right now."


def refused_by_odoo():
    promise_lead(title="T", text="", phone="")
    OutboxEntry.objects.update(state="PARKED")


def test_nothing_is_said_to_be_needed_only_when_nothing_is(signed_in):
    office = signed_in(Role.OFFICE)
    assert NOTHING in office.get("/").text

    JobFactory()

    page = office.get("/").text
    assert NOTHING not in page
    assert '<b class="need-number">1</b> to schedule' in page


def test_each_need_has_its_number_and_leads_to_where_it_is_met(signed_in):
    yesterday = business_today() - dt.timedelta(days=1)
    stop = StopFactory(run__day=yesterday, job__picking__order__customer__name="Maria Alvarez")
    refused_by_odoo()

    page = signed_in(Role.OFFICE).get("/").text

    assert '<a href="/sync/"><b class="need-number">1</b> refused by Odoo' in page
    assert f'<a href="/board/?day={yesterday}"><b class="need-number">1</b> job of' in page
    assert f"{stop.job.order.name} · Maria Alvarez" in page


def test_the_list_follows_by_itself(signed_in):
    part = signed_in(Role.OFFICE).get("/", headers={"HX-Request": "true"}).text

    assert part.strip().startswith('<section id="needs"')
    assert "changed:board" in part


@pytest.mark.parametrize(
    ("role", "page", "waits"),
    [(Role.OFFICE, "/", True), (Role.ADMIN, "/", True), (Role.DIRECTOR, "/board/", False)],
)
def test_the_link_to_the_sync_desk_counts_for_those_who_may_act(signed_in, role, page, waits):
    assert "badge" not in signed_in(role).get(page).text
    refused_by_odoo()

    assert ('<span class="badge">1' in signed_in(role).get(page).text) is waits


def test_the_links_that_are_read_again_mark_the_page_that_is_open(signed_in):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/board/?day=2026-11-26"}

    links = signed_in(Role.OFFICE).get("/pages", headers=headers).text

    assert links.strip().startswith('<nav id="pages"')
    assert '<a href="/board/" aria-current="page">' in links


def test_who_plans_and_sends_nothing_is_not_bothered():
    JobFactory()
    refused_by_odoo()

    assert not needs_of(Role.PRODUCTION, today=business_today())


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_queries_however_long(signed_in, django_assert_num_queries, number):
    office = signed_in(Role.OFFICE)
    for _ in range(number):
        StopFactory(run__day=business_today() - dt.timedelta(days=1))
        JobFactory()

    # session, user; what is parked, late and to schedule
    with django_assert_num_queries(15):
        office.get("/", headers={"HX-Request": "true"})


def test_an_address_that_no_map_knows_asks_for_a_pin(signed_in):
    JobFactory(place=place_at("12 Oak St"))
    Place.objects.update(state="NOT_FOUND")
    shown = signed_in(Role.OFFICE).get("/").content.decode()
    assert "addresses that no map knows" in shown
    assert reverse("scheduling:places") in shown
