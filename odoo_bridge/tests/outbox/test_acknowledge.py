"""Records born here get Odoo's ids, whoever reads them from Odoo at the same time."""

import threading

import psycopg
import pytest
from django.db import transaction

from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox.acknowledge import acknowledge_all
from portal.local.ports import wait_until
from portal.testing.sessions import in_another_session, other_session

pytestmark = pytest.mark.django_db(transaction=True)
HOLD = "select from odoo_bridge_leadrecord where odoo_id = %s for update nowait"
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
