"""What a driver does where something is fetched."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from drivers.errors import NobodyToCharge
from drivers.models import StopAction
from drivers.services.act_once import Tap
from drivers.services.collect_money import collect_money
from drivers.services.deliver_stop import deliver_stop
from odoo_bridge.models import OutboxEntry
from portal.audit.models import AuditRow
from portal.testing.purchases import ordered
from portal.testing.yard import DriverFactory, PickupFactory, StopFactory
from scheduling.models import Job

pytestmark = pytest.mark.django_db
RUN = reverse("drivers:run")


@pytest.fixture
def stop():
    job = PickupFactory(
        state=Job.State.SCHEDULED, purchase=ordered(), picking__destination__name="Hill & Sons"
    )
    return StopFactory(job=job)


def tap_at(stop):
    return Tap(submission_id=uuid.uuid4(), at=timezone.now(), by=stop.run.driver.user)


def test_what_is_fetched_is_done_here_and_promised_to_odoo(stop):
    tap = tap_at(stop)

    deliver_stop(stop_id=stop.pk, tap=tap)
    deliver_stop(stop_id=stop.pk, tap=tap)

    stop.refresh_from_db()
    assert (stop.done_at, stop.job.state) == (tap.at, Job.State.DONE)
    assert AuditRow.objects.get().what == "picked up"
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.stream.key) == (
        "CompletePickup",
        f"purchase:{stop.job.purchase.uuid}",
    )
    assert entry.payload["picking_odoo_id"] == stop.job.picking.odoo_id
    assert entry.payload["pickup_uuid"] == str(StopAction.objects.get().uuid)


def test_nobody_pays_there(stop):
    deliver_stop(stop_id=stop.pk, tap=tap_at(stop))

    with pytest.raises(NobodyToCharge, match="is fetched: nobody pays"):
        collect_money(stop_id=stop.pk, amount=Decimal(1), tap=tap_at(stop))


def test_the_phone_says_pick_up_what_and_nothing_of_money(stop, client):
    later = StopFactory(run=stop.run, job=PickupFactory(state=Job.State.SCHEDULED), position=1)
    client.force_login(stop.run.driver.user)

    run = client.get(RUN).text
    page = client.get(reverse("drivers:stop", args=[stop.uuid])).text

    assert "↺ Pick up</span>" in run
    assert f"↺ Pick up: 2 {later.job.picking.moves.get().product.unit}" in run
    assert "<b>2 cord</b> Oak, seasoned" in page
    assert "Picked up</button>" in page
    for text in (run, page):
        assert "collect" not in text
        assert "Delivered" not in text


def test_one_tap_is_enough(stop, client):
    client.force_login(stop.run.driver.user)

    act = reverse("drivers:stop-delivered", args=[stop.uuid])
    answer = client.post(act, {"submission_id": uuid.uuid4()}, follow=True)

    assert "✓ Picked up" in answer.text
    assert "Back to the run" in answer.text
    assert "Cash" not in answer.text


def test_another_driver_s_pickup_is_not_there(stop, client):
    client.force_login(DriverFactory().user)

    answer = client.get(reverse("drivers:stop", args=[stop.uuid]))

    assert answer.status_code == 302
