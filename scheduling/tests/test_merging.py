"""The parts of a load go on one truck again."""

import pytest

from odoo_bridge.models import Move, OutboxEntry, Picking, SaleOrder
from portal.testing.mirrors import PartnerFactory
from portal.testing.yard import JobFactory, StopFactory, TruckFactory
from scheduling.errors import NotSplit
from scheduling.models import Job, Stop
from scheduling.selectors.pool import pool_of
from scheduling.services.merge_jobs import merge_jobs
from scheduling.tasks import find_jobs
from scheduling.tests.conftest import DAY, put
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


@pytest.fixture
def parts(job, dispatcher):
    """Return the two parts of a load, as Odoo has them."""
    return job, acknowledged(split(job, dispatcher, Stone=4, Sand=2))


def test_merged_again_one_truck_brings_it_all(parts, truck, dispatcher):
    job, part = parts
    put(job, truck, dispatcher)
    other = TruckFactory()
    put(part, other, dispatcher)
    Job.objects.filter(pk=part.pk).update(told_day=DAY)
    OutboxEntry.objects.all().delete()

    whole = merge_jobs(one=seen(part), other=seen(job), by=dispatcher)

    assert whole.pk == job.pk
    assert load(job) == ({STONE: 10, SAND: 2}, 12000, (1, 1))
    part.refresh_from_db()
    assert (part.state, Stop.objects.filter(job=part).exists()) == (Job.State.CANCELLED, False)
    assert part.picking.joins == job.picking
    commands = [(one.command, one.payload) for one in OutboxEntry.objects.order_by("seq", "pk")]
    assert [name for name, _ in commands] == ["PlanDelivery", "MergeDeliveries", "PlanDelivery"]
    assert commands[1][1]["part_odoo_id"] == part.picking.odoo_id
    find_jobs()
    part.refresh_from_db()
    assert part.state == Job.State.CANCELLED, "Odoo still has its transfer, and the job is over"


def test_what_has_come_by_a_merger_is_not_counted_twice(parts, dispatcher):
    job, part = parts
    merge_jobs(one=seen(job), other=seen(part), by=dispatcher)

    came = Move.objects.filter(picking=part.picking)
    whole = Picking.objects.get(pk=job.picking.pk)
    whole.move_ids = [*whole.move_ids, *came.values_list("odoo_id", flat=True)]
    whole.save()
    came.update(picking=whole)

    assert load(job) == ({STONE: 10, SAND: 2}, 12000, (1, 1)) or load(job)[1] == 12000


def test_in_the_pool_they_are_merged_too(parts, dispatcher):
    job, part = parts

    merge_jobs(one=seen(job), other=seen(part), by=dispatcher)

    assert [card.job.pk for card in pool_of().cards] == [job.pk]


@pytest.mark.parametrize("is_planned", [True, False])
def test_a_merger_that_is_given_up_leaves_two(parts, truck, dispatcher, is_planned):
    job, part = parts
    merge_jobs(one=seen(job), other=seen(part), by=dispatcher)
    if is_planned:  # it stood on a run when it was cancelled in Odoo, and has come back
        StopFactory(job=part, run__truck=truck, run__day=DAY)

    given_up("MergeDeliveries", dispatcher)

    part.refresh_from_db()
    state = Job.State.SCHEDULED if is_planned else Job.State.TO_SCHEDULE
    assert part.state == state
    assert load(part) == ({STONE: 4, SAND: 2}, 6000, (2, 2))
    assert load(job) == ({STONE: 6}, 6000, (1, 2))


def test_strangers_are_not_merged(parts, dispatcher):
    job, part = parts
    other = JobFactory()
    for one, another in ((job, other), (job, job)):
        with pytest.raises(NotSplit, match="Only two deliveries of one order"):
            merge_jobs(one=seen(one), other=seen(another), by=dispatcher)
    Picking.objects.filter(pk=part.picking.pk).update(destination=PartnerFactory())

    with pytest.raises(NotSplit, match="go to two places"):
        merge_jobs(one=seen(job), other=seen(part), by=dispatcher)

    assert SaleOrder.objects.count() == 2
