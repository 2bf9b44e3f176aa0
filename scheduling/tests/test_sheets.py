"""Run sheets: what a driver takes along on paper."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.core.pdf import PdfNotAvailable
from portal.setup.selectors.profile import business_zone
from portal.testing.mirrors import PickingFactory
from portal.testing.paper import pages_of
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory
from scheduling.models import Job, Place
from scheduling.selectors.sheets import sheets_of
from scheduling.services.follow_places import place_at
from scheduling.tests.conftest import BOARD_DAY as DAY
from scheduling.views import sheets

pytestmark = pytest.mark.django_db
ADDRESS = f"{reverse('scheduling:sheets')}?day={DAY}"
PDF = f"{reverse('scheduling:sheets-pdf')}?day={DAY}"


@pytest.fixture
def run():
    """Return a run of two stops; the second was cancelled in Odoo."""
    run = RunFactory(day=DAY, driver=DriverFactory(user__name="Dale"))
    place = place_at("118 Hickory Rd, Ashland")
    Place.objects.update(drop_spot="left of the barn", notes="Gate 4711", most_width="2.5")
    stop = StopFactory(
        run=run, job__place=place, job__picking__order__customer__name="A. Whitfield"
    )
    customer = stop.job.order.customer
    customer.phone = "+1 606 555 0123"
    customer.save()
    StopFactory(run=run, position=1, job__state=Job.State.CANCELLED)
    return run


def test_a_sheet_says_all_that_a_driver_needs(office, run):
    shown = office.get(ADDRESS).text
    for words in (
        *("Dale", "A. Whitfield", "118 Hickory Rd, Ashland", "+1 606 555 0123", "2 cord Oak"),
        *("left of the barn", "Gate 4711", "at most 2.5 m wide", "3,000 kg", "412.00"),
    ):
        assert words in shown, words
    assert shown.count('<th scope="row">') == 1, "a cancelled stop is not driven to"
    assert ADDRESS in office.get(f"/board/?day={DAY}").text


def test_a_sheet_says_when_a_customer_takes_it_and_which_part_of_a_load_it_is(office, run):
    job = Job.objects.get(picking__order__customer__name="A. Whitfield")
    begins = dt.datetime.combine(DAY, dt.time(14), business_zone())
    hours = {"window_from": begins, "window_until": begins + dt.timedelta(hours=1)}
    assert "Taken:" not in office.get(ADDRESS).text
    Job.objects.filter(pk=job.pk).update(**hours)
    StopFactory(run__day=DAY, job=JobFactory(picking=PickingFactory(order=job.order)))

    shown = office.get(ADDRESS).text

    assert f"<b>Taken:</b> {DAY:%a %-d %b}, 14:00 to 15:00" in shown
    assert [part in shown for part in ("load 1 of 2", "load 2 of 2")] == [True, True]
    assert "14:00 to 15:00" in "".join(pages_of(office.get(PDF).content))


def test_the_file_has_a_page_for_each_run(office, run):
    StopFactory(run=RunFactory(day=DAY, driver=None))
    answer = office.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="runs-{DAY}.pdf"'
    pages = pages_of(answer.content)
    assert len(pages) == 2
    assert "Gate 4711" in "".join(pages)
    assert "nobody drives yet" in "".join(pages)

    [page] = pages_of(office.get(f"{PDF}&run={run.uuid}").content)
    assert "A. Whitfield" in page


def test_a_day_without_runs_and_odd_addresses_are_no_error(office, run):
    RunFactory(day=DAY)
    assert len(sheets_of(day=DAY)) == 1, "an empty run needs no sheet"
    assert "Nothing is planned" in office.get("/board/sheets?day=x&run=y").text
    assert "Nothing is planned" in pages_of(office.get("/board/sheets.pdf").content)[0]


def test_without_the_library_the_page_can_still_be_printed(office, run, monkeypatch):
    def missing(*_args, **_options):
        raise PdfNotAvailable("No PDF can be made on this server.")

    monkeypatch.setattr(sheets, "pdf_of", missing)
    answer = office.get(PDF, follow=True)
    assert "No PDF can be made" in answer.text
    assert "A. Whitfield" in answer.text


@pytest.mark.parametrize("number", [1, 6])
def test_sheets_take_the_same_queries_however_many(django_assert_num_queries, number):
    for _ in range(number):
        StopFactory(run=RunFactory(day=DAY))
    with django_assert_num_queries(4):
        assert len(sheets_of(day=DAY)) == number


def test_the_director_may_look(signed_in, run):
    assert "A. Whitfield" in signed_in(Role.DIRECTOR).get(ADDRESS).text
