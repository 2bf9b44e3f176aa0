"""A delivery that was handed over has a ticket with the next number, and nobody changes it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from drivers.models import DeliveryTicket, StopAction, TicketCount
from drivers.services import write_ticket as services
from drivers.services.decide_act import decide_act
from drivers.services.write_ticket import write_ticket
from drivers.tests.phone import phone_of
from odoo_bridge.models import CountryState, Move, Partner, Picking, Product, SaleOrderLine
from portal.accounts.models import Role
from portal.setup.models import BusinessProfile
from portal.testing.mirrors import MoveFactory, ProductFactory
from portal.testing.yard import PickupFactory, StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
DONE = ("APPLIED", "")
QUERIES = 5


@pytest.fixture
def business():
    return BusinessProfile.objects.create(
        pk=1,
        name="Oak & Sons",
        street="1 Yard Rd",
        city="Ashland",
        region="KY",
        postcode="41101",
        phones=["+16065550100"],
        country="US",
        time_zone="America/New_York",
    )


def in_state(code):
    state = CountryState.objects.create(odoo_id=1, name=code, code=code)
    Partner.objects.update(state=state)


def priced(stop, total="412.00"):
    move = Move.objects.get(picking=stop.job.picking_id)
    order = stop.job.order
    line = SaleOrderLine.objects.create(
        odoo_id=move.odoo_id,
        order=order,
        product=move.product,
        quantity=2,
        total=Decimal(total),
    )
    Move.objects.filter(pk=move.pk).update(order_line=line)
    return move


def test_a_ticket_says_what_was_handed_over_to_whom_when_and_for_how_much(phone, stop, business):
    priced(stop)
    in_state("NJ")
    act = phone.act("DELIVERED", stop)

    assert phone.send(act, act) == [DONE, DONE]

    ticket = DeliveryTicket.objects.get()
    said = ticket.said
    assert (ticket.number, ticket.job, ticket.action.submission_id) == (
        1,
        stop.job,
        StopAction.objects.get().submission_id,
    )
    assert said["business"] == {
        "name": "Oak & Sons",
        "address": "1 Yard Rd, Ashland, KY 41101",
        "phones": ["+1 606-555-0100"],
        "email": "",
        "logo": "",
    }
    assert said["customer"] == stop.job.order.customer.name
    assert said["address"] == "118 Hickory Rd, Ashland, NJ 41101"
    assert (said["order"], said["driver"]) == (stop.job.name, phone.driver.name)
    assert said["truck"] == stop.run.truck.vehicle.plate
    [line] = said["lines"]
    assert (line["words"], line["price"], said["currency"]) == ("2 cords (256 ft³)", "412.00", "$")
    assert "SERIAL" in said["required"]
    assert [rule["state"] for rule in said["rules"]] == ["NJ"]
    assert said["missing"] == []
    assert ticket.kept_until - ticket.delivered_on == dt.timedelta(days=731)


def test_what_was_handed_over_in_part_is_told_and_paid_as_that(phone, stop):
    move = priced(stop)
    other = MoveFactory(picking=stop.job.picking, product__unit="Units")
    Picking.objects.update(move_ids=[move.odoo_id, other.odoo_id])
    lines = [
        {"move": move.pk, "quantity": "1.5", "reason": "Broken"},
        {"move": other.pk, "quantity": "0", "reason": "Forgotten"},
    ]

    assert phone.do("DELIVERED", stop, lines=lines) == DONE

    [line] = DeliveryTicket.objects.get().said["lines"]
    assert line["words"] == "1 1/2 cords (192 ft³) of 2 cords (256 ft³)"
    assert (line["quantity"], line["unit"], line["price"]) == ("1.5", "cord", "309.00")


@pytest.mark.parametrize("kind", ["unit", "kit"])
def test_what_is_sold_in_another_unit_or_as_a_kit_has_no_price_of_its_own(phone, stop, kind):
    priced(stop)
    change = {"quantity": 256} if kind == "unit" else {"product": ProductFactory()}
    SaleOrderLine.objects.update(**change)

    phone.do("DELIVERED", stop)

    [line] = DeliveryTicket.objects.get().said["lines"]
    assert line["price"] == ""


def test_where_cords_may_not_be_named_the_ticket_counts_cubic_feet(phone, stop, business):
    in_state("MA")
    phone.do("DELIVERED", stop)
    assert DeliveryTicket.objects.get().said["lines"][0]["words"] == "256 ft³"


def test_what_the_rules_want_and_nobody_knows_is_named(phone, stop):
    Product.objects.update(unit="Face cord")
    in_state("MN")
    Partner.objects.update(name="")
    phone.do("DELIVERED", stop)

    ticket = DeliveryTicket.objects.get()
    assert ticket.said["missing"] == ["SELLER", "BUYER", "PRICE", "ORIGIN", "UNIT"]
    assert "where the wood was harvested" in ticket.lacks
    assert len(set(ticket.lacks)) == 5


def test_what_comes_by_the_piece_to_nobody_known_is_a_ticket_all_the_same(phone, stop):
    Product.objects.update(unit="Units")
    Picking.objects.update(destination=None)
    stop.job.order.customer = stop.job.order.currency = None
    stop.job.order.save()
    phone.do("DELIVERED", stop)

    said = DeliveryTicket.objects.get().said
    assert (said["customer"], said["address"], said["currency"]) == ("", "", "")
    assert (said["rules"], said["required"], said["missing"]) == ([], [], [])
    assert said["lines"][0]["words"] == "2 Units"


def test_the_rules_are_those_of_the_business_where_nobody_knows_the_state(phone, stop, business):
    BusinessProfile.objects.update(region="NJ")
    phone.do("DELIVERED", stop)
    assert DeliveryTicket.objects.get().said["rules"][0]["state"] == "NJ"


def test_numbers_have_no_gap_though_a_delivery_fails(phone, stop, monkeypatch):
    other = StopFactory(run=stop.run, position=1)
    phone.do("DELIVERED", stop)

    def fail(*_args):
        raise ConnectionError("lost")

    load = {move.pk: move.demand for move in other.job.picking.moves.all()}
    with monkeypatch.context() as broken:
        broken.setattr(services, "kept_until", fail)  # the number is taken by then
        with pytest.raises(ConnectionError), transaction.atomic():
            write_ticket(StopAction.objects.get(), other.job_id, load)
    phone.do("DELIVERED", other)

    assert list(DeliveryTicket.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]
    assert TicketCount.objects.get().last == 2
    assert str(TicketCount.objects.get()) == "2 tickets"
    assert str(DeliveryTicket.objects.latest("pk")) == "ticket 2"


@pytest.mark.django_db(transaction=True)
def test_drivers_who_deliver_at_once_get_numbers_of_their_own():
    phones = [(phone_of(stop), stop) for stop in StopFactory.create_batch(6)]
    sent = [(phone, phone.act("DELIVERED", stop)) for phone, stop in phones]

    def deliver(one):
        phone, act = one
        try:
            return phone.send(act)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(deliver, sent)) == [[DONE]] * 6

    numbers = DeliveryTicket.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_what_is_refused_kept_or_fetched_has_no_ticket(phone, stop, person):
    phone.do("DELIVERED", stop, lines=[{"move": 0, "quantity": "1", "reason": ""}])
    pickup = StopFactory(run=stop.run, position=1, job=PickupFactory(state=Job.State.SCHEDULED))
    assert phone.do("DELIVERED", pickup) == DONE
    assert not DeliveryTicket.objects.exists()
    assert not TicketCount.objects.exists()

    act = phone.act("DELIVERED", stop)
    unplan_job(job_id=stop.job_id, seen=0, by=person(Role.OFFICE))
    assert phone.send(act)[0][0] == "KEPT"
    assert not DeliveryTicket.objects.exists()

    kept = StopAction.objects.get(submission_id=act["id"])
    decide_act(action_id=kept.pk, counts=True, note="", by=person(Role.OFFICE))
    assert DeliveryTicket.objects.get().action == kept


def test_nobody_changes_a_ticket_or_takes_it_away(phone, stop):
    phone.do("DELIVERED", stop)
    ticket = DeliveryTicket.objects.get()
    with pytest.raises(ProgrammingError), transaction.atomic():
        DeliveryTicket.objects.update(said={})
    with pytest.raises(ProgrammingError), transaction.atomic():
        ticket.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryTicket.objects.create(
            number=1,
            job=StopFactory().job,
            action=ticket.action,
            said={},
            delivered_on=ticket.delivered_on,
            kept_until=ticket.kept_until,
        )


def test_the_queries_of_a_ticket_are_as_many_for_much(phone, stop, django_assert_num_queries):
    phone.do("NOTED", stop, text="x")
    several = StopFactory(run=stop.run, position=1)
    moves = [MoveFactory(picking=several.job.picking) for _ in range(5)]
    Picking.objects.filter(pk=several.job.picking_id).update(
        move_ids=[*several.job.picking.move_ids, *(move.odoo_id for move in moves)]
    )
    action = StopAction.objects.select_related("run__truck__vehicle", "by").get()
    TicketCount.objects.create(pk=1)
    for one in (stop, several):
        load = {move.pk: move.demand for move in one.job.picking.moves.all()}
        with transaction.atomic(), django_assert_num_queries(QUERIES):
            write_ticket(action, one.job_id, load)
            transaction.set_rollback(True)


def test_the_phone_is_told_of_a_ticket_before_and_after_it_is_written(phone, stop, business):
    in_state("NJ")
    move = priced(stop)
    ticket = phone.told(stop)["ticket"]
    assert (ticket["serial"], "SERIAL" in ticket["required"]) == (None, True)
    [line] = ticket["lines"]
    assert (line["move"], line["quantity"], line["unit"]) == (move.pk, "2", "cord")
    assert (line["price"], line["product"]) == ("412.00", "Oak, seasoned")

    lines = [{"move": move.pk, "quantity": "1.5", "reason": "Broken"}]
    phone.do("DELIVERED", stop, lines=lines)

    ticket = phone.told(stop)["ticket"]
    assert (ticket["serial"], ticket["lines"][0]["quantity"]) == (1, "1.5")
    assert ticket["lines"][0]["price"] == "309.00"


def test_what_is_fetched_has_no_ticket_on_the_phone(stop):
    pickup = StopFactory(run=stop.run, position=1, job=PickupFactory(state=Job.State.SCHEDULED))
    assert phone_of(pickup).told(pickup)["ticket"] is None
