"""A load that is too much for one truck goes on two."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from odoo_bridge.models import Move, OutboxEntry, Picking
from odoo_bridge.outbox.acknowledge import acknowledge
from portal.audit.models import AuditRow
from portal.local.ports import wait_until
from portal.testing.mirrors import MoveFactory, PickingFactory
from portal.testing.sessions import in_another_session, other_session
from portal.testing.yard import StopFactory
from scheduling.errors import JobClosed, JobMoved, NotSplit, PlanLocked
from scheduling.models import Job, Stop
from scheduling.services.change_run_hours import change_run_hours
from scheduling.services.complete_job import complete_job
from scheduling.services.merge_jobs import merge_jobs
from scheduling.services.split_job import split_job
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import find_jobs
from scheduling.tests.conftest import DAY, promised, put
from scheduling.tests.splitting import (
    SAND,
    STONE,
    a_load,
    acknowledged,
    given_up,
    load,
    seen,
    split,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return a_load()


def test_both_parts_show_what_they_bring_before_odoo_knows(job, truck, dispatcher):
    put(job, truck, dispatcher)
    OutboxEntry.objects.all().delete()

    part = split(job, dispatcher, Stone=4, Sand=2)

    assert load(job) == ({STONE: 6}, 6000, (1, 2))
    assert load(part) == ({STONE: 4, SAND: 2}, 6000, (2, 2))
    assert part.state == Job.State.TO_SCHEDULE
    assert part.picking.odoo_id is None
    [entry] = OutboxEntry.objects.filter(command="SplitDelivery")
    assert [(one["demand"], one["leaves"]) for one in entry.payload["goods"]] == [
        ("10.0000", "4"),
        ("2.0000", "2"),
    ]
    assert entry.payload["part_uuid"] == str(part.picking.uuid)
    assert [one.command for one in OutboxEntry.objects.order_by("seq")] == [
        "SplitDelivery",
        "PlanDelivery",  # Odoo takes what is split off the batch that it shares with others
    ]
    [row] = AuditRow.objects.filter(what="load split")
    assert row.new["part"] == part.pk


def test_place_window_and_what_was_told_go_along(job, dispatcher):
    stop = StopFactory()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(
        place=stop.job.place, window_from=now, window_until=now + timezone.timedelta(hours=2)
    )
    Job.objects.filter(pk=job.pk).update(told_day=DAY)

    part = split(job, dispatcher, Stone=4)

    job.refresh_from_db()
    for name in ("place", "address_hash", "window_from", "window_until", "told_day", "order"):
        assert getattr(part, name) == getattr(job, name), name


def test_what_odoo_has_made_is_no_second_job(job, dispatcher):
    """A poll may read the new transfer before the promise is settled."""
    part = split(job, dispatcher, Stone=4)
    twin = PickingFactory(order=job.order, part_of=job.picking, part_of_odoo_id=job.picking.odoo_id)

    find_jobs()

    assert set(Job.objects.all()) == {job, part}
    acknowledge(Picking, part.picking.uuid, twin.odoo_id)
    find_jobs()
    assert set(Job.objects.all()) == {job, part}
    part.refresh_from_db()
    assert part.picking.odoo_id == twin.odoo_id


def test_what_was_split_off_in_odoo_itself_is_a_job(job):
    PickingFactory(order=job.order, part_of=job.picking, part_of_odoo_id=job.picking.odoo_id)

    find_jobs()

    assert Job.objects.count() == 2


def test_a_part_is_planned_and_delivered_before_odoo_knows_it(job, truck, dispatcher):
    part = split(job, dispatcher, Stone=4)
    stop = Stop.objects.get(job=put(part, truck, dispatcher).job)

    complete_job(stop_id=stop.pk, delivery_uuid=part.uuid, at=timezone.now(), by=dispatcher)

    for command in ("PlanDelivery", "CompleteDelivery"):
        [payload] = promised(command)
        assert payload["picking_uuid"] == str(part.picking.uuid)
        assert payload["picking_odoo_id"] is None


@pytest.mark.parametrize(
    ("leaves", "words"),
    [
        ({}, "Say how much goes on the second part: nothing does so far."),
        ({STONE: 0}, "Say how much goes"),
        ({STONE: 10, SAND: 2}, "All of it goes on the second part"),
        ({STONE: 11}, "Stone: 11 are more than the 10 of this load."),
        ({STONE: -1}, "Stone: a quantity is not less than nothing."),
        ({STONE: "0.001"}, "Stone: Odoo counts hundredths"),
    ],
)
def test_a_split_that_is_none_is_refused(job, dispatcher, leaves, words):
    with pytest.raises(NotSplit, match=words):
        split(job, dispatcher, **leaves)

    assert Job.objects.count() == 1
    assert not OutboxEntry.objects.exists()


def test_what_is_not_on_the_load_does_not_leave_it(job, dispatcher):
    other = MoveFactory(picking=PickingFactory())

    with pytest.raises(NotSplit, match="has changed since the page was made"):
        split_job(seen=seen(job), leaves={other.pk: Decimal(1)}, by=dispatcher)


def test_who_sends_the_same_split_twice_is_refused_the_second_time(job, dispatcher):
    before = seen(job)
    stone = Move.objects.get(product__name=STONE)
    split_job(seen=before, leaves={stone.pk: Decimal(4)}, by=dispatcher)

    with pytest.raises(JobMoved):
        split_job(seen=before, leaves={stone.pk: Decimal(4)}, by=dispatcher)


def test_until_odoo_has_split_it_neither_part_is_split_again(job, dispatcher):
    part = split(job, dispatcher, Stone=4)

    for one in (job, part):
        with pytest.raises(NotSplit, match="Odoo has not done the last split or merger"):
            split(one, dispatcher, Stone=1)
    with pytest.raises(NotSplit, match="Odoo has not done the last split or merger"):
        merge_jobs(one=seen(job), other=seen(part), by=dispatcher)

    acknowledged(part)
    third = split(part, dispatcher, Stone=1)
    assert load(third) == ({STONE: 1}, 1000, (3, 3))
    assert load(part) == ({STONE: 3}, 3000, (2, 3))


def test_what_is_over_is_not_split(job, dispatcher):
    Job.objects.update(state=Job.State.DONE)

    with pytest.raises(JobClosed):
        split(job, dispatcher, Stone=4)


def test_what_is_locked_or_on_the_road_is_not_split(job, truck, dispatcher):
    put(job, truck, dispatcher)
    stop = Stop.objects.get(job=job)
    Stop.objects.update(locked_by=dispatcher)
    with pytest.raises(PlanLocked):
        split(job, dispatcher, Stone=4)
    Stop.objects.update(locked_by=None)
    StopFactory(run=stop.run, position=1, done_at=timezone.now(), job__state=Job.State.DONE)

    with pytest.raises(NotSplit, match="is on the road"):
        split(job, dispatcher, Stone=4)


def test_a_split_that_is_given_up_leaves_one_job_with_everything(job, dispatcher):
    part = split(job, dispatcher, Stone=4)

    given_up("SplitDelivery", dispatcher)

    part.refresh_from_db()
    assert part.state == Job.State.CANCELLED
    assert load(job) == ({STONE: 10, SAND: 2}, 12000, (1, 1))


def test_a_part_that_was_just_given_up_is_neither_planned_nor_delivered(job, truck, dispatcher):
    part = split(job, dispatcher, Stone=4)
    put(part, truck, dispatcher)
    Picking.objects.filter(pk=part.picking_id).update(deleted_at=timezone.now())
    words = f"{part.name} is not wanted in Odoo any more"

    with pytest.raises(JobClosed, match=words):
        put(part, truck, dispatcher, day=DAY + dt.timedelta(days=1))
    with pytest.raises(JobClosed, match=words):
        complete_job(
            stop_id=part.stop.pk, delivery_uuid=part.uuid, at=timezone.now(), by=dispatcher
        )

    hours = (part.stop.run.starts_at, part.stop.run.ends_at - dt.timedelta(hours=1))
    change_run_hours(truck_id=truck.pk, day=DAY, trip=1, hours=hours, by=dispatcher)

    find_jobs()
    part.refresh_from_db()
    unplan_job(job_id=part.pk, seen=part.moves, by=dispatcher)
    assert not Stop.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_load_that_becomes_smaller_at_that_moment_is_not_split_for_more_than_it_is(
    job, dispatcher
):
    waits = "select from pg_stat_activity where %s = any(pg_blocking_pids(pid))"
    smaller = "update odoo_bridge_move set demand = 5 where demand = 10"
    refusals = []

    def try_it():
        try:
            split(job, dispatcher, Stone=6)
        except NotSplit as refusal:
            refusals.append(str(refusal))

    splitting = threading.Thread(target=in_another_session, args=[try_it])
    with other_session() as reading, other_session() as looker:
        looker.autocommit = True
        reading.execute(smaller)
        splitting.start()
        pid = reading.info.backend_pid
        wait_until(lambda: looker.execute(waits, [pid]).rowcount == 1, what="the wait")
        reading.commit()
        splitting.join()

    assert refusals == ["Stone: 6 are more than the 5 of this load."]
    assert not Move.objects.exclude(stays=None).exists()


def test_the_database_leaves_no_less_than_nothing_of_a_load(job):
    with pytest.raises(IntegrityError, match="of_a_move_stays_no_less"), transaction.atomic():
        Move.objects.update(stays=-1)
