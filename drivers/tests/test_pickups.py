"""What a driver does where something is fetched."""

import pytest
from django.urls import reverse

from drivers.models import StopAction
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import OutboxEntry
from portal.audit.models import AuditRow
from portal.testing.purchases import ordered
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job

pytestmark = pytest.mark.django_db
RUN = reverse("drivers:run")


@pytest.fixture
def stop():
    job = PickupFactory(
        state=Job.State.SCHEDULED, purchase=ordered(), picking__destination__name="Hill & Sons"
    )
    return StopFactory(job=job)


def test_what_is_fetched_is_done_here_and_promised_to_odoo(stop):
    phone = phone_of(stop)
    act = phone.act("DELIVERED", stop)

    assert phone.send(act) == phone.send(act) == [("APPLIED", "")]

    stop.refresh_from_db()
    assert stop.job.state == Job.State.DONE
    assert AuditRow.objects.get().what == "picked up"
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.stream.key) == (
        "CompletePickup",
        f"purchase:{stop.job.purchase.uuid}",
    )
    assert entry.payload["picking_odoo_id"] == stop.job.picking.odoo_id
    assert entry.payload["pickup_uuid"] == str(StopAction.objects.get().uuid)
    assert entry.payload["goods"] == []


def test_a_part_of_it_may_be_fetched(stop):
    move, phone = stop.job.picking.moves.get(), phone_of(stop)
    lines = [{"move": move.pk, "quantity": "1", "reason": "No more there"}]

    assert phone.do("DELIVERED", stop, lines=lines) == ("APPLIED", "")

    [goods] = OutboxEntry.objects.get().payload["goods"]
    assert goods == {"move_odoo_id": move.odoo_id, "quantity": "1"}


@pytest.mark.parametrize("goes_again", [True, False])
def test_what_was_not_there_is_to_be_fetched_again(stop, goes_again):
    """Odoo waits for it, whatever the driver believes."""
    act = {"reason": "Gate locked", "goes_again": goes_again}
    assert phone_of(stop).do("NOBODY", stop, **act)[0] == "APPLIED"

    stop.job.refresh_from_db()
    assert stop.job.state == Job.State.TO_SCHEDULE
    assert not OutboxEntry.objects.exists(), "Odoo waits for it all the same"


def test_nobody_pays_there(stop):
    phone = phone_of(stop)
    phone.do("DELIVERED", stop)

    verdict, words = phone.do("COLLECTED", stop, **CASH, amount="1")

    assert (verdict, "is fetched: nobody pays" in words) == ("REFUSED", True)
