"""Records born here get Odoo's ids, whoever reads them from Odoo at the same time."""

import threading

import psycopg
import pytest
from django.db import transaction

from odoo_bridge.models import LeadRecord, Move, Picking
from odoo_bridge.outbox.acknowledge import acknowledge, acknowledge_all
from odoo_bridge.sync import specs
from odoo_bridge.tests.sync.test_upsert import row, store
from portal.local.ports import wait_until
from portal.testing.mirrors import PickingFactory
from portal.testing.sessions import in_another_session, other_session

pytestmark = pytest.mark.django_db(transaction=True)
HOLD = "select from odoo_bridge_leadrecord where odoo_id = %s for update nowait"
STORED_BY_THE_POLL = 0.3  # seconds, in which a poll that need not wait is long done
WAITERS = "select from pg_stat_activity where %s = any(pg_blocking_pids(pid))"


def test_mirrors_are_locked_in_the_order_in_which_polls_lock_them(promised):
    for odoo_id in (4711, 4712):
        LeadRecord.objects.create(odoo_id=odoo_id)
    ids = {promised().uuid: 4712, promised().uuid: 4711}  # the other way round

    with other_session() as poll, other_session() as looker:
        looker.autocommit = True
        poll.execute(HOLD, [4711])
        taking = threading.Thread(
            target=in_another_session,
            args=[transaction.atomic(lambda: acknowledge_all(LeadRecord, ids))],
        )
        taking.start()
        pid = poll.info.backend_pid
        wait_until(lambda: looker.execute(WAITERS, [pid]).rowcount == 1, what="the wait")
        try:
            poll.execute(HOLD, [4712])  # what comes later is not held yet
        except psycopg.errors.LockNotAvailable:
            pytest.fail("the later one was locked first")
        finally:
            poll.rollback()
            taking.join()

    assert {lead.uuid: lead.odoo_id for lead in LeadRecord.objects.all()} == ids


def take(picking):
    acknowledge(Picking, picking.uuid, 79)


def take_all(picking):
    acknowledge_all(Picking, {picking.uuid: 79})


@pytest.mark.parametrize("take_it", [take, take_all])
def test_what_a_poll_has_read_of_a_record_that_was_born_here_finds_it(take_it):
    part = PickingFactory(odoo_id=None)
    move = row(specs.MOVE, 171, picking_id=79)
    store(specs.MOVE, [move])  # between a split and its answer

    with transaction.atomic():
        take_it(part)

    assert Move.objects.get(odoo_id=171).picking == part


@pytest.mark.parametrize("take_it", [take, take_all])
def test_what_a_poll_reads_of_it_at_this_moment_finds_it_too(take_it):
    part = PickingFactory(odoo_id=None)
    reading = threading.Thread(
        target=in_another_session,
        args=[lambda: store(specs.MOVE, [row(specs.MOVE, 171, picking_id=79)])],
    )

    with transaction.atomic():
        take_it(part)
        reading.start()
        reading.join(STORED_BY_THE_POLL)
    reading.join()

    assert Move.objects.get(odoo_id=171).picking == part
