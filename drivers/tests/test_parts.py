"""Only a part was handed over: what is due then, and what the phone is told of the rest."""

import datetime as dt
from decimal import Decimal

import pytest

from drivers.models import Collection, DeliveryTicket, StopAction
from drivers.tests.phone import CASH
from drivers.tests.test_tickets import priced
from odoo_bridge.models import Move, Picking
from portal.testing.mirrors import MoveFactory
from scheduling.selectors.collect import to_collect

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")


@pytest.fixture
def move(stop):
    return Move.objects.get(picking=stop.job.picking)


def hand_over(phone, stop, *parts):
    lines = [
        {"move": move.pk, "quantity": quantity, "reason": "Too wet"} for move, quantity in parts
    ]
    assert phone.do("DELIVERED", stop, lines=lines) == DONE


def test_the_server_goes_on_to_say_what_is_open_of_the_whole_order(phone, stop, move):
    """So the customer may pay ahead; a driver who asks for the part alone says so."""
    priced(stop)
    hand_over(phone, stop, (move, "1.5"))
    assert to_collect([stop]) == {stop.pk: Decimal("412.00")}
    assert phone.told(stop)["collect"] == "412.00"

    assert phone.do("COLLECTED", stop, **CASH, amount="309.00")[0] == "REFUSED"
    reason = "Only a part was handed over."
    assert phone.do("COLLECTED", stop, **{**CASH, "reason": reason}, amount="309.00") == DONE

    assert to_collect([stop]) == {stop.pk: Decimal("103.00")}
    assert (Collection.objects.get().due, Collection.objects.get().reason) == (412, reason)


def test_what_was_not_handed_over_is_told_with_its_price(phone, stop, move):
    priced(stop)
    other = MoveFactory(picking=stop.job.picking, product__name="Kindling", demand=3)
    Picking.objects.update(move_ids=[move.odoo_id, other.odoo_id])

    hand_over(phone, stop, (move, "1.5"), (other, "0"))

    of_wood = {"move": move.pk, "product": "Oak, seasoned", "quantity": "0.5", "unit": "cord"}
    of_kindling = {"move": other.pk, "product": "Kindling", "quantity": "3", "unit": "cord"}
    rest = [{**of_wood, "price": "103.00"}, {**of_kindling, "price": ""}]
    assert phone.told(stop)["ticket"]["rest"] == rest
    Move.objects.filter(pk=move.pk).update(demand="1.5")  # as Odoo tells it then
    assert phone.told(stop)["ticket"]["rest"] == rest


def test_of_all_that_was_handed_over_nothing_is_left(phone, stop, move):
    hand_over(phone, stop, (move, "2"))

    assert phone.told(stop)["ticket"]["rest"] == []


def test_a_ticket_from_before_there_was_a_rest_says_nothing_of_it(phone, stop):
    phone.do("ARRIVED", stop)
    DeliveryTicket.objects.create(
        number=1,
        job=stop.job,
        action=StopAction.objects.get(),
        said={"required": [], "lines": []},
        delivered_on=stop.run.day,
        kept_until=stop.run.day + dt.timedelta(days=731),
    )

    assert phone.told(stop)["ticket"] == {"serial": 1, "required": [], "lines": [], "rest": None}
