"""What a driver notes of a stop stands in Odoo, once."""

import pytest
from django.utils import timezone

from drivers.models import StopAction
from drivers.services.decide_act import decide_act
from drivers.tests.phone import phone_of
from odoo_bridge.models import OutboxEntry
from portal.setup.selectors.profile import business_zone
from portal.testing.purchases import PurchaseOrderFactory
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


def notes():
    return OutboxEntry.objects.filter(command="AddNote").order_by("pk")


@pytest.mark.parametrize(("what", "called"), [("NOTED", "Note"), ("ISSUE", "Trouble")])
def test_it_stands_under_the_order_once_however_often_it_is_sent(what, called):
    stop = StopFactory()
    phone = phone_of(stop)
    act = phone.act(what, stop, text="The gate was locked.")

    assert phone.send(act) == phone.send(act) == [DONE]

    [entry], action = notes(), StopAction.objects.get()
    at = timezone.localtime(action.done_at, business_zone())
    assert entry.stream.key == f"order:{stop.job.order.uuid}"
    assert entry.payload["note_uuid"] == str(action.uuid)
    said = f"{called} of {phone.driver}, {at:%Y-%m-%d %H:%M}: The gate was locked."
    assert entry.payload["text"] == said


def test_what_is_fetched_is_noted_with_the_purchase_or_with_who_returns_it():
    purchase = PurchaseOrderFactory()
    bought = StopFactory(job=PickupFactory(state="SCHEDULED", purchase=purchase))
    returned = StopFactory(job=PickupFactory(state="SCHEDULED"))
    nobodys = StopFactory(job=PickupFactory(state="SCHEDULED"))
    type(nobodys.job.picking).objects.filter(pk=nobodys.job.picking_id).update(destination=None)

    for stop in (bought, returned, nobodys):
        phone = phone_of(stop)
        assert phone.send(phone.act("NOTED", stop, text="Muddy.")) == [DONE]

    keys = [entry.stream.key for entry in notes()]
    customer = returned.job.picking.destination
    assert keys == [f"purchase:{purchase.uuid}", f"partner:{customer.uuid}"]


def test_what_was_kept_is_noted_when_the_office_lets_it_count():
    stop = StopFactory()
    phone, office = phone_of(stop), StopFactory().run.driver.user
    act = phone.act("NOTED", stop, text="Dog.")
    unplan_job(job_id=stop.job_id, seen=Job.objects.get(pk=stop.job_id).moves, by=office)
    [(verdict, _words)] = phone.send(act)
    assert verdict == "KEPT"
    assert not notes().exists()

    action = StopAction.objects.get()
    decide_act(action_id=action.pk, counts=True, note="", by=office)

    assert notes().get().payload["note_uuid"] == str(action.uuid)


def test_trouble_with_the_truck_is_nobodys_order():
    stop = StopFactory()
    phone = phone_of(stop)

    assert phone.send(phone.act("ISSUE", stop.run, text="A flat tire.")) == [DONE]

    assert not notes().exists()
