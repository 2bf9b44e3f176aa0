"""Two workers at the same work at once: the customer gets one text."""

import datetime as dt
import threading
import uuid

import pytest
from django.utils import timezone

from crm_intake.models import OutgoingText
from drivers.models import CardLink, StopAction
from drivers.services.ask_by_card import text_card_links
from odoo_bridge.models import Partner, PaymentLink
from portal.local.ports import wait_until
from portal.setup.selectors.profile import business_zone
from portal.testing.factories import UserFactory
from portal.testing.sessions import in_another_session, other_session
from portal.testing.yard import StopFactory
from scheduling.services.tell_evening import tell_evening

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_FOR_IT = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = %s"


@pytest.fixture
def stop(time_machine):
    """Let it be noon, and a customer of tomorrow be reachable."""
    today = timezone.localdate()
    time_machine.move_to(dt.datetime.combine(today, dt.time(12), business_zone()))
    stop = StopFactory(run__day=today + dt.timedelta(days=1))
    Partner.objects.update(phone="(606) 555-0123")
    return stop


def by_two(work, table, pk):
    """Let two workers begin while the row is held, and go on at once when it is not."""
    done = []
    workers = [
        threading.Thread(target=lambda: done.append(in_another_session(work))) for _ in range(2)
    ]
    with other_session() as holder, other_session() as looker:
        looker.autocommit = True
        holder.execute(f"select from {table} where id = %s for update", [pk])
        for worker in workers:
            worker.start()
        about = [holder.info.dbname]
        wait_until(lambda: looker.execute(WAIT_FOR_IT, about).rowcount == 2, what="both to wait")
    for worker in workers:
        worker.join()
    return sorted(done)


def test_the_evening_is_told_once(stop):
    until = timezone.now() + dt.timedelta(hours=9)

    done = by_two(
        lambda: tell_evening(day=stop.run.day, not_after=until), "scheduling_job", stop.job_id
    )

    assert done == [0, 1]
    assert OutgoingText.objects.count() == 1


def test_the_link_to_pay_by_card_is_texted_once(stop):
    about = {"job": stop.job, "stop": stop, "run": stop.run, "by": UserFactory()}
    act = StopAction.objects.create(
        submission_id=uuid.uuid4(), what="CARD_LINK", done_at=timezone.now(), **about
    )
    link = PaymentLink.objects.create(order=stop.job.order, amount=1, url="https://odoo.test/pay")
    row = CardLink.objects.create(action=act, stop=stop, link=link)

    assert by_two(text_card_links, "drivers_cardlink", row.pk) == [0, 1]
    assert OutgoingText.objects.count() == 1
