"""What follows here and in Odoo when a driver hands over all, a part, or nothing."""

import uuid

import pytest
from django.utils import timezone

from drivers.models import StopAction
from odoo_bridge.models import Move, OutboxEntry, Picking
from portal.audit.models import AuditRow
from portal.testing.mirrors import MoveFactory
from portal.testing.yard import StopFactory
from scheduling.models import Job, Stop
from scheduling.services.follow_pickings import follow_pickings

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


@pytest.fixture
def stop():
    return StopFactory()


@pytest.fixture
def move(stop):
    return stop.job.picking.moves.get()


def line(move, quantity, reason="Too wet"):
    return {"move": move.pk, "quantity": quantity, "reason": reason}


def test_a_delivery_is_done_here_and_promised_to_odoo(phone, stop):
    at = timezone.now()

    assert phone.do("DELIVERED", stop, at=at) == DONE

    stop.refresh_from_db()
    action = StopAction.objects.get()
    assert (stop.done_at, stop.job.state) == (action.done_at, Job.State.DONE)
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.stream.key) == (
        "CompleteDelivery",
        f"order:{stop.job.order.uuid}",
    )
    assert entry.payload["delivery_uuid"] == str(action.uuid)
    assert entry.payload["picking_odoo_id"] == stop.job.picking.odoo_id
    assert entry.payload["driver"] == str(phone.driver)
    assert entry.payload["goods"] == []
    assert AuditRow.objects.get().what == "delivered"


def test_a_part_is_told_by_its_quantities(phone, stop, move):
    other = MoveFactory(picking=stop.job.picking, demand=3)
    Picking.objects.update(move_ids=[move.odoo_id, other.odoo_id])

    assert phone.do("DELIVERED", stop, lines=[line(move, "1.5")]) == DONE

    [entry] = OutboxEntry.objects.all()
    assert entry.payload["goods"] == [
        {"move_odoo_id": move.odoo_id, "quantity": "1.5"},
        {"move_odoo_id": other.odoo_id, "quantity": "3.0000"},
    ]
    stop.refresh_from_db()
    assert stop.job.state == Job.State.DONE


def test_one_product_of_two_may_stay_on_the_truck(phone, stop, move):
    other = MoveFactory(picking=stop.job.picking, demand=3)
    Picking.objects.update(move_ids=[move.odoo_id, other.odoo_id])

    assert phone.do("DELIVERED", stop, lines=[line(other, 0)]) == DONE

    [entry] = OutboxEntry.objects.all()
    assert [one["move_odoo_id"] for one in entry.payload["goods"]] == [move.odoo_id]


def test_lines_that_say_all_of_it_are_no_part(phone, stop, move):
    assert phone.do("DELIVERED", stop, lines=[line(move, "2", reason="")]) == DONE

    assert OutboxEntry.objects.get().payload["goods"] == []


@pytest.mark.parametrize(
    ("quantity", "reason", "words"),
    [
        ("2.5", "More fell off", "2.5 are more than the 2 of this stop"),
        ("1", "", "say why it was less than 2"),
        ("0", "All wet", "Nothing was handed over"),
    ],
)
def test_an_odd_quantity_is_refused_with_its_reason(phone, stop, move, quantity, reason, words):
    verdict, said = phone.do("DELIVERED", stop, lines=[line(move, quantity, reason)])

    assert (verdict, words in said) == ("REFUSED", True)
    assert not OutboxEntry.objects.exists()


def test_a_product_that_the_stop_does_not_bring_is_the_office_s_to_decide(phone, stop):
    stranger = MoveFactory()

    assert phone.do("DELIVERED", stop, lines=[line(stranger, 1)])[0] == "KEPT"


def test_a_part_of_what_odoo_has_not_split_yet_is_the_office_s_to_decide(phone, stop, move):
    Move.objects.filter(pk=move.pk).update(stays=1)
    act = phone.act("DELIVERED", stop, lines=[line(move, "0.5")])

    [(verdict, words)] = phone.send(act)

    assert (verdict, "has not split" in words) == ("KEPT", True)


def test_all_of_what_odoo_has_not_split_yet_is_no_more_than_was_handed_over(phone, stop, move):
    """Somebody may drop the split: all of the transfer is both parts then."""
    Move.objects.filter(pk=move.pk).update(stays="0.5")

    assert phone.do("DELIVERED", stop) == DONE

    goods = [{"move_odoo_id": move.odoo_id, "quantity": "0.5000"}]
    assert OutboxEntry.objects.get().payload["goods"] == goods


def test_all_of_what_odoo_has_not_merged_yet_is_no_less_than_was_handed_over(phone, stop, move):
    MoveFactory(picking=stop.job.picking, odoo_id=None, stands_for_odoo_id=77, demand=3)

    assert phone.do("DELIVERED", stop) == DONE

    assert OutboxEntry.objects.get().payload["goods"] == [
        {"move_odoo_id": move.odoo_id, "quantity": "2.0000"},
        {"move_odoo_id": 77, "quantity": "3.0000"},
    ]


@pytest.mark.parametrize(("what", "words"), [("REFUSED", "Not taken"), ("NOBODY", "Nobody there")])
def test_what_nobody_took_goes_again_another_day(phone, stop, what, words):
    second = StopFactory(run=stop.run, position=1)

    assert phone.do(what, stop, reason="Dog on the yard", goes_again=True) == DONE

    stop.job.refresh_from_db()
    assert (stop.job.state, stop.job.moves) == (Job.State.TO_SCHEDULE, 1)
    assert list(Stop.objects.values_list("pk", "position")) == [(second.pk, 0)]
    entry = OutboxEntry.objects.get()
    assert (entry.command, entry.payload["goes_again"]) == ("RefuseDelivery", True)
    assert entry.payload["reason"] == f"{words}: Dog on the yard"
    assert entry.payload["delivery_uuid"] == str(StopAction.objects.get().uuid)
    assert AuditRow.objects.get().what == "not taken"
    [_left, told] = phone.day()[0]["stops"]
    assert (told["uuid"], told["number"]) == (str(second.uuid), 1)


def test_what_never_goes_is_off_at_once_and_stays_so(phone, stop):
    assert phone.do("REFUSED", stop, reason="Wrong wood", goes_again=False) == DONE
    follow_pickings()

    stop.job.refresh_from_db()
    assert stop.job.state == Job.State.CANCELLED
    assert stop.job.call_off == OutboxEntry.objects.get()
    [told] = phone.day()[0]["stops"]
    assert told["state"] == "LEFT"

    OutboxEntry.objects.update(state="DROPPED", note="It goes all the same.")
    follow_pickings()
    stop.job.refresh_from_db()
    assert stop.job.state == Job.State.SCHEDULED, "the office gave the call-off up"


def test_what_nobody_took_and_is_closed_is_the_office_s_to_decide(phone, stop):
    act = phone.act("NOBODY", stop, reason="Gate locked", goes_again=True)
    Job.objects.update(state=Job.State.CANCELLED)

    assert phone.send(act)[0][0] == "KEPT"


def test_two_acts_that_end_a_stop_are_one_end(phone, stop):
    first, second = phone.act("DELIVERED", stop), phone.act("DELIVERED", stop)

    answers = phone.send(first, second, {**second, "id": str(uuid.uuid4()), "n": 9})

    assert [verdict for verdict, _words in answers] == ["APPLIED", "KEPT", "KEPT"]
    assert OutboxEntry.objects.count() == 1
