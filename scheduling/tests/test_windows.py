"""When a customer takes a delivery: asked for, kept, refused."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.audit.models import AuditRow
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import JobFactory, StopFactory
from scheduling.forms.day import plannable_days
from scheduling.models import Job
from scheduling.services.set_window import window_key
from scheduling.tests.conftest import BOARD, PARTIAL
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db


def when(browser, job, *, headers=PARTIAL, **values):
    job = Job.objects.get(pk=job.pk)
    data = {"was": window_key(job), "date": DAY.isoformat(), "starts": "18:00", "ends": "20:00"}
    address = f"/board/jobs/{job.pk}/window?day={DAY}"
    return browser.post(address, {**data, **values}, headers=headers)


def test_a_window_is_kept_shown_and_judged_at_once(office):
    stop = StopFactory(run__day=DAY)

    assert when(office, stop.job).status_code == 200

    page = office.get(f"/board/?day={DAY}").text
    job = Job.objects.get()
    assert job.window_from == dt.datetime.combine(DAY, dt.time(18), business_zone())
    assert f"taken {DAY:%a} {DAY.day} {DAY:%b}, 18:00 to 20:00" in " ".join(page.split())
    assert "✕ outside its window" in page
    asked = office.get(f"/board/jobs/{job.pk}/when?day={DAY}", headers=PARTIAL).text
    assert 'value="18:00"' in asked
    assert f'value="{DAY}"' in asked

    when(office, job)
    assert AuditRow.objects.filter(what="window set").count() == 1
    when(office, job, date="", starts="", ends="")
    assert Job.objects.get().window_from is None
    assert "outside its window" not in office.get(f"/board/?day={DAY}").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends": "17:00"}, "Not after: The window ends before it begins."),
        ({"starts": ""}, "Not before: Say the day and both times, or none of them."),
        ({"date": "", "ends": ""}, "Day: Say the day and both times, or none of them."),
        ({"date": "someday"}, "Day: Enter a valid date."),
        ({"date": "2027-03-14", "starts": "02:30"}, "Not before: Clocks change on that day"),
        ({"was": "x"}, "Somebody else has just said when it is taken."),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_by_its_field(office, values, words):
    job = JobFactory()

    for headers in (PARTIAL, {}):
        answer = when(office, job, headers=headers, **values)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert Job.objects.get().window_from is None


def test_the_days_that_can_be_planned_are_named_as_people_write_them(office):
    refused = when(office, JobFactory(), date="1999-01-01").text
    with timezone.override(business_zone()):  # where it may be another day than here
        first, last = (f"{day:%-d %b %Y}" for day in plannable_days())

    assert f"Choose a day from {first} to {last}." in refused


def test_a_delivery_that_is_over_has_no_window_any_more(office):
    job = JobFactory(state=Job.State.DONE)

    assert f"{job.order.name} is done." in when(office, job).text


def test_the_dialog_is_a_page_without_javascript(office):
    job = JobFactory()

    assert "When it is taken" in office.get(f"/board/jobs/{job.pk}/when?day={DAY}").text
    assert when(office, job, headers={}).url == BOARD
    assert office.get(BOARD).text.count("18:00") == 1
