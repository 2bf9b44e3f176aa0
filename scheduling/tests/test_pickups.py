"""What our trucks fetch: what customers return, and what we bought and do not have sent."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from odoo_bridge.models import Move, OutboxEntry, Picking
from portal.testing.mirrors import MoveFactory, PartnerFactory, PickingFactory, SaleOrderFactory
from portal.testing.purchases import ordered
from portal.testing.yard import JobFactory, PickupFactory, RunFactory, StopFactory
from scheduling.errors import NotSplit
from scheduling.models import FetchedPurchase, Job, Run
from scheduling.selectors.board import board_of
from scheduling.selectors.notices import words_about
from scheduling.selectors.pool import PoolFilter, pool_of
from scheduling.selectors.run_problems import problems_of_runs
from scheduling.services.change_run_hours import change_run_hours
from scheduling.services.lock_job import Seen
from scheduling.services.merge_jobs import merge_jobs
from scheduling.services.split_job import split_job
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import find_jobs
from scheduling.tests.conftest import BOARD, BOARD_DAY, DAY, move, promised, put

pytestmark = pytest.mark.django_db
PICKUP = Job.Kind.PICKUP


def a_transfer(comes_from="customer", **values):
    """Return a transfer that brings two cords into the yard."""
    picking = PickingFactory(**{"kind": Picking.INCOMING, "order": None, **values})
    Move.objects.filter(picking=picking).update(comes_from=comes_from)
    return picking


def a_receipt(by, **values):
    """Return a purchase that we fetch, and what is to come of it."""
    picking = a_transfer("supplier", **values)
    purchase = ordered(picking_ids=[picking.odoo_id])
    FetchedPurchase.objects.create(purchase=purchase, said_by=by)
    return purchase, picking


@pytest.mark.parametrize("kind", [Picking.INCOMING, Picking.OUTGOING])
def test_what_a_customer_returns_becomes_a_pickup(kind):
    """Odoo makes it of the kind of deliveries where it knows no other."""
    picking = a_transfer(kind=kind, order=SaleOrderFactory())

    find_jobs()

    job = Job.objects.get()
    assert (job.kind, job.picking, job.order, job.purchase) == (PICKUP, picking, None, None)


def test_a_return_of_an_order_is_no_delivery_of_it():
    order = PickingFactory().order
    a_transfer(order=order)
    find_jobs()

    cards = pool_of().cards

    assert sorted((one.job.kind, one.total, one.parts) for one in cards) == [
        ("DELIVERY", 412, 1),
        (PICKUP, 0, 0),
    ]


def test_what_we_bought_becomes_a_pickup_when_we_fetch_it(dispatcher):
    purchase, picking = a_receipt(dispatcher)
    a_transfer("supplier")  # that is sent

    find_jobs()

    job = Job.objects.get()
    assert (job.kind, job.picking, job.purchase) == (PICKUP, picking, purchase)
    assert str(FetchedPurchase.objects.get()) == purchase.name == job.name


@pytest.mark.parametrize("change", [{"state": "draft"}, {"receipt_state": "full"}])
def test_what_is_not_ordered_or_has_come_is_not_fetched(dispatcher, change):
    purchase, _picking = a_receipt(dispatcher)
    type(purchase).objects.update(**change)

    find_jobs()

    assert not Job.objects.exists()


def test_a_pickup_ends_with_its_transfer_and_is_taken_up_again(dispatcher):
    pickings = [a_transfer(), a_receipt(dispatcher)[1]]
    find_jobs()
    Picking.objects.update(state="cancel")
    find_jobs()
    assert set(Job.objects.values_list("state", flat=True)) == {"CANCELLED"}

    Picking.objects.update(state="assigned")
    find_jobs()
    assert set(Job.objects.values_list("state", flat=True)) == {"TO_SCHEDULE"}

    Job.objects.update(state=Job.State.CANCELLED)
    FetchedPurchase.objects.all().delete()
    find_jobs()
    assert [one.job.state for one in pickings] == ["TO_SCHEDULE", "CANCELLED"]


@pytest.mark.parametrize("kind", [Job.Kind.DELIVERY, PICKUP])
def test_the_database_wants_an_order_of_deliveries_alone(kind):
    picking = PickingFactory()
    order = None if kind == Job.Kind.DELIVERY else picking.order

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(picking=picking, kind=kind, order=order)


def test_a_card_says_where_to_fetch_what_and_how_it_is_called(dispatcher, office):
    maria = PartnerFactory(name="Maria Alvarez", phone="+16065550123")
    a_transfer(name="WH/IN/00007", destination=maria)
    purchase, _picking = a_receipt(dispatcher, destination=PartnerFactory(name="Hill & Sons"))
    find_jobs()

    returned, bought = pool_of().cards

    assert (returned.customer, returned.order) == ("Maria Alvarez", "WH/IN/00007")
    assert (bought.customer, bought.order) == ("Hill & Sons", purchase.name)
    assert [(i.quantity, i.product) for i in returned.load] == [(2, "Oak, seasoned")]
    page = office.get(BOARD).text
    assert page.count("↺ Pick up") == 2
    assert "118 Hickory Rd" in page
    assert "0.00" not in page
    for words in ("alvarez", "IN/00007", purchase.name.lower()):
        assert pool_of(PoolFilter(words=words)).total == 1, words


def test_a_pickup_whose_partner_has_not_arrived_is_shown_all_the_same():
    PickupFactory(picking__destination=None)

    [card] = pool_of().cards

    assert (card.customer, card.address, card.currency) == ("", "", "")


def test_planning_tells_odoo_the_time_and_nothing_else(dispatcher, truck):
    returned = PickupFactory()
    bought = PickupFactory(purchase=ordered())
    for job in (returned, bought):
        put(job, truck, dispatcher)

    run = Run.objects.get()
    assert promised("PlanDelivery") == []
    for job, payload in zip((returned, bought), promised("PlanPickup"), strict=True):
        assert payload["picking_odoo_id"] == job.picking.odoo_id
        assert dt.datetime.fromisoformat(payload["scheduled_at"]) == run.starts_at
    streams = set(OutboxEntry.objects.values_list("stream__key", flat=True))
    assert streams == {
        f"run:{run.uuid}",
        f"transfer:{returned.picking.uuid}",
        f"purchase:{bought.purchase.uuid}",
    }

    returned.refresh_from_db()
    unplan_job(job_id=returned.pk, seen=returned.moves, by=dispatcher)
    assert len(promised("PlanPickup")) == 2, "its date stays"


def test_other_hours_of_a_run_are_those_of_what_it_fetches(dispatcher, truck):
    for _ in range(2):
        put(PickupFactory(purchase=ordered()), truck, dispatcher)
    run = Run.objects.get()
    hours = (run.starts_at + dt.timedelta(hours=1), run.ends_at)
    where = {"truck_id": truck.pk, "day": DAY, "trip": 1}

    change_run_hours(**where, hours=hours, by=dispatcher)

    times = [dt.datetime.fromisoformat(one["scheduled_at"]) for one in promised("PlanPickup")]
    assert times[2:] == [hours[0], hours[0]]


def test_the_desk_names_the_transfer(dispatcher, truck, office):
    put(PickupFactory(picking__name="WH/IN/00077"), truck, dispatcher)
    OutboxEntry.objects.filter(command="PlanPickup").update(state=OutboxEntry.State.PARKED)

    assert "The plan of a pickup: WH/IN/00077" in office.get(reverse("odoo_bridge:desk")).text


def test_the_board_says_what_odoo_does_not_have_yet(dispatcher, truck):
    put(PickupFactory(), truck, dispatcher, day=BOARD_DAY)

    [lane] = board_of(day=BOARD_DAY).lanes

    assert [stop.odoo for stop in lane.stops] == ["QUEUED"]
    assert [stop.collect for stop in lane.stops] == [0]


def test_a_window_of_a_pickup_is_when_it_is_there(truck):
    at = dt.datetime(2026, 11, 25, 13, tzinfo=dt.UTC)
    hours = {"window_from": at, "window_until": at + dt.timedelta(hours=2)}
    run = RunFactory(truck=truck, day=DAY)
    stop = StopFactory(run=run, job=PickupFactory(state=Job.State.SCHEDULED, **hours))

    [trouble] = problems_of_runs([run.pk])[run.pk][1].stops[stop.pk]

    assert trouble.reason == "It is there to fetch on 25 Nov from 08:00 to 10:00 only."


def test_a_pickup_is_neither_split_nor_merged(dispatcher):
    one, other = PickupFactory.create_batch(2)

    with pytest.raises(NotSplit, match="only a delivery can be split"):
        split_job(seen=Seen(one.pk, 0), leaves={}, by=dispatcher)
    with pytest.raises(NotSplit, match="Only two deliveries"):
        merge_jobs(one=Seen(one.pk, 0), other=Seen(other.pk, 0), by=dispatcher)


def test_the_dialogs_of_a_pickup_say_whose_it_is(office):
    job = PickupFactory(picking__destination__name="Maria Alvarez")

    move = office.get(f"/board/where?job={job.pk}&day={BOARD_DAY}").text
    assert f"Move {job.name}, Maria Alvarez" in move
    assert "Split or merge" not in move


def test_whoever_has_it_is_told_that_we_come():
    job = PickupFactory(picking__name="WH/IN/7")
    what = "what you return (WH/IN/7)"
    assert f"cannot come to fetch {what}. We" in words_about(job)
    job.told_day = DAY
    assert f"cannot come to fetch {what} on Thursday, November 26." in words_about(job)

    StopFactory(job=job, run__day=DAY)
    assert words_about(job).endswith(f": we come to fetch {what} on Thursday, November 26.")
    job.told_day = DAY - dt.timedelta(days=1)
    assert f"we now come to fetch {what} on" in words_about(job)
    job.purchase, job.state = ordered(name="P00012"), Job.State.CANCELLED
    assert "we do not come to fetch order P00012." in words_about(job)


def test_a_delivery_beside_a_pickup_keeps_its_money():
    order = JobFactory().order
    run = RunFactory(day=BOARD_DAY)
    first = PickupFactory(state=Job.State.SCHEDULED, picking__order=order)
    StopFactory(run=run, job=first)
    StopFactory(run=run, job=order.jobs.get(), position=1)
    order.jobs.update(state=Job.State.SCHEDULED)

    [lane] = board_of(day=BOARD_DAY).lanes

    assert [stop.collect for stop in lane.stops] == [0, 412]


def test_the_load_of_a_pickup_is_awaited_like_any_other():
    picking = a_transfer()
    Picking.objects.update(move_ids=[*picking.move_ids, 77])
    find_jobs()
    assert not Job.objects.exists()

    MoveFactory(odoo_id=77, picking=picking)
    find_jobs()

    assert Job.objects.get().picking == picking


def test_after_a_move_a_vendor_is_not_called_a_customer(office, truck):
    job = PickupFactory(purchase=ordered(name="P00012"))

    said = move(office, job, truck=truck.pk).text

    assert "Send a text about P00012" in said
    assert "Text the customer" not in said
