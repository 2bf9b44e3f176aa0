"""A purchase is fetched by our truck, or sent by the vendor: the office says which."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from odoo_bridge.models import Picking, PurchaseOrder
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import PickingFactory
from portal.testing.purchases import ordered
from scheduling.errors import JobClosed, JobMoved, PurchaseClosed
from scheduling.models import FetchedPurchase, Job, Stop
from scheduling.selectors.calendar_entry import Days, Kind
from scheduling.services.fetch_purchase import fetch_purchase
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import find_jobs
from scheduling.tests.buying import page_of
from scheduling.tests.conftest import PARTIAL, put
from scheduling.tests.planning import DAY, NEXT, address, at, on, only, send, told, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def coming():
    """Return a purchase that is to come on the day, with its transfer."""
    picking = PickingFactory(kind=Picking.INCOMING, order=None)
    return ordered(name="P00012", picking_ids=[picking.odoo_id], planned_at=at(12))


def say(office, order, *, fetched):
    fields = {"fetched": "on"} if fetched else {}
    return office.post(page_of(order, "purchase-fetch"), fields, headers=PARTIAL)


def test_what_we_fetch_is_on_the_board_until_they_send_it(office, coming):
    answer = say(office, coming, fetched=True)

    assert answer.status_code == 200
    assert "✓ We fetch it." in answer.text
    assert "↺ we fetch it" in answer.text
    assert "They send it" in answer.text
    find_jobs()
    job = Job.objects.get()
    assert (job.kind, job.purchase, job.state) == ("PICKUP", coming, "TO_SCHEDULE")

    answer = say(office, coming, fetched=False)

    assert "✓ They send it." in answer.text
    assert "We fetch it ourselves" in answer.text
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    find_jobs()
    assert Job.objects.get().state == Job.State.CANCELLED
    said = list(AuditRow.objects.order_by("pk").values_list("what", "by"))
    assert said == [("purchase fetched", office.user.pk), ("purchase sent", office.user.pk)]

    say(office, coming, fetched=True)
    find_jobs()
    job.refresh_from_db()
    assert job.state == Job.State.TO_SCHEDULE


def test_saying_it_twice_is_said_once(coming, dispatcher):
    for _ in range(2):
        fetch_purchase(key=coming.uuid, fetched=True, by=dispatcher)

    assert AuditRow.objects.count() == 1


def test_a_job_that_was_made_just_then_ends_by_itself(coming, dispatcher):
    fetch_purchase(key=coming.uuid, fetched=True, by=dispatcher)
    find_jobs()
    FetchedPurchase.objects.all().delete()

    find_jobs()

    assert Job.objects.get().state == Job.State.CANCELLED


def test_what_is_on_a_run_is_taken_off_first(office, coming, dispatcher, truck):
    fetch_purchase(key=coming.uuid, fetched=True, by=dispatcher)
    find_jobs()
    job = Job.objects.get()
    put(job, truck, dispatcher, day=DAY)

    answer = say(office, coming, fetched=False)

    assert answer.status_code == 422
    assert f"{truck} fetches P00012 on {DAY:%-d %b}: take it off its run first." in answer.text
    assert FetchedPurchase.objects.exists()
    job.refresh_from_db()
    unplan_job(job_id=job.pk, seen=job.moves, by=dispatcher)
    assert say(office, coming, fetched=False).status_code == 200


@pytest.mark.parametrize("values", [{"state": "cancel"}, {"receipt_state": "full"}])
def test_what_is_over_is_not_fetched(office, coming, values):
    PurchaseOrder.objects.update(**values)

    answer = say(office, coming, fetched=True)

    assert answer.status_code == 422
    assert "Nothing is to come of P00012 any more." in answer.text
    assert "We fetch it ourselves" not in answer.text


def test_without_a_script_the_page_comes_again(office, coming):
    answer = office.post(page_of(coming, "purchase-fetch"), {"fetched": "on"}, follow=True)

    assert "We fetch it." in answer.text
    assert FetchedPurchase.objects.get().purchase == coming


def test_a_director_looks_and_does_not_decide(signed_in, coming):
    FetchedPurchase.objects.create(purchase=coming, said_by=signed_in(Role.OFFICE).user)

    page = signed_in(Role.DIRECTOR).get(page_of(coming)).text

    assert "↺ we fetch it" in page
    assert "They send it" not in page


def test_it_stands_on_the_calendar_once(office, coming, dispatcher, truck):
    assert [one.kind for one in on()] == [Kind.RECEIPT]
    fetch_purchase(key=coming.uuid, fetched=True, by=dispatcher)
    find_jobs()
    assert on() == []
    put(Job.objects.get(), truck, dispatcher, day=DAY)

    [entry] = on()

    assert (entry.kind, entry.kind.sign, entry.kind.label) == (Kind.PICKUP, "↺", "Pickup")
    assert entry.title.startswith("P00012 ")
    assert office.get(address("receipt", coming.uuid, "entry")).status_code == 404
    assert send(office, only(office), day=NEXT.isoformat()).status_code == 200
    assert list(told(office, NEXT, NEXT)) == [entry.id]

    Job.objects.update(state=Job.State.DONE)
    Stop.objects.update(done_at=at(13))
    [entry] = on(Days(NEXT, NEXT))
    assert (entry.fixed, words(entry)) == ("It is picked up.", ["picked up"])


@pytest.mark.django_db(transaction=True)
def test_who_plans_it_just_when_they_send_it_is_refused_or_first(coming, dispatcher, truck):
    fetch_purchase(key=coming.uuid, fetched=True, by=dispatcher)
    find_jobs()
    job = Job.objects.get()

    def both(act):
        try:
            act()
        except (PurchaseClosed, JobClosed, JobMoved):
            return "refused"
        finally:
            connection.close()
        return "done"

    acts = (
        lambda: put(job, truck, dispatcher, day=DAY),
        lambda: fetch_purchase(key=coming.uuid, fetched=False, by=dispatcher),
    )
    with ThreadPoolExecutor(2) as pool:
        ends = sorted(pool.map(both, acts))

    assert ends == ["done", "refused"]
    is_planned = Job.objects.get().state == Job.State.SCHEDULED
    assert FetchedPurchase.objects.exists() == is_planned
