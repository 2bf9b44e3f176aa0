"""What is to be decided says what it is about: goods and money, in names and in figures."""

import pytest
from django.urls import reverse

from drivers.selectors.open_acts import open_acts
from drivers.tests.phone import CASH, phone_of
from odoo_bridge.models import Move, Picking, Product
from portal.accounts.models import Role
from portal.testing.mirrors import CurrencyFactory, MoveFactory
from portal.testing.yard import StopFactory
from scheduling.models import Job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
ROAD = reverse("drivers:road")


@pytest.fixture
def page(signed_in):
    """The page as people read it: without tags, its words one space apart."""
    office = signed_in(Role.OFFICE)

    def read():
        text = office.get(ROAD).text
        for tag in ("<b>", "</b>"):
            text = text.replace(tag, "")
        return " ".join(text.replace("\u00a0", " ").split())

    return read


def kept(stop, *acts):
    """Let the office take the stop off its run, and the phone send these after that."""
    seen = Job.objects.get(pk=stop.job_id).moves
    unplan_job(job_id=stop.job_id, seen=seen, by=StopFactory().run.driver.user)
    phone_of(stop).send(*acts)


def test_a_kept_delivery_says_what_was_handed_over_of_what_was_ordered(phone, stop, page):
    bark = MoveFactory(picking=stop.job.picking, demand=4)
    Product.objects.filter(pk=bark.product_id).update(name="Bark", unit="yd³")
    wood = stop.job.picking.moves.exclude(pk=bark.pk).get()
    Picking.objects.update(move_ids=[wood.odoo_id, bark.odoo_id])
    said = [{"move": wood.pk, "quantity": "1.5", "reason": "Wet"}]

    kept(stop, phone.act("DELIVERED", stop, lines=said))

    shown = page()
    assert f"<li>1.5 of 2 cord {wood.product.name} “Wet”</li>" in shown
    assert "<li>4 of 4 yd³ Bark</li>" in shown


def test_a_refused_delivery_says_it_too_whatever_it_names(phone, stop, page):
    wood = stop.job.picking.moves.get()
    said = [
        *({"move": wood.pk, "quantity": "0", "reason": ""}, {"move": 10**6, "quantity": "3"}),
        *("wood", {"move": "oak", "quantity": "1"}, {"move": 7, "quantity": "1e99"}),
    ]
    phone.send(phone.act("DELIVERED", stop, lines=said))
    phone.send(phone.act("DELIVERED", stop, lines="all of it"))

    [first, second] = open_acts()
    assert [(one.quantity, one.ordered) for one in first.lines] == [(0, 2), (3, 3)]
    assert [(one.quantity, one.ordered) for one in second.lines] == [(2, 2)]
    assert "<li>3 of goods that nobody here knows</li>" in page()


def test_a_stranger_s_delivery_names_what_it_can(stop, page):
    other = phone_of(StopFactory())
    said = [{"move": stop.job.picking.moves.get().pk, "quantity": "1", "reason": "Wet"}]
    other.send(other.act("DELIVERED", stop, claim="made up", lines=said))

    assert "<li>1 of 2 cord" in page()


def test_what_the_phone_was_told_of_stays_when_odoo_moves_less(phone, stop, page):
    move = stop.job.picking.moves.get()
    said = [{"move": move.pk, "quantity": "1.5", "of": "2", "reason": "Wet"}]
    kept(stop, phone.act("DELIVERED", stop, lines=said))
    Move.objects.filter(pk=move.pk).update(demand="1.5")

    assert f"<li>1.5 of 2 cord {move.product.name} “Wet”</li>" in page()


def test_a_load_check_that_was_refused_says_what_it_named(phone, stop, page):
    said = [{"move": stop.job.picking.moves.get().pk, "quantity": "1"}]
    phone.do("LOADED", stop.run, lines=[*said, {"move": 10**6, "quantity": "2"}])

    assert "<li>1 of 2 cord" in page()
    assert "<li>2 of goods that nobody here knows</li>" in page()


def test_money_has_its_currency_and_says_in_what_it_came(phone, stop, page):
    order = stop.job.order
    order.currency = CurrencyFactory(symbol="$")
    order.save()
    check = {"method": "CHECK", "number": "1044", "reason": ""}
    phone.do("COLLECTED", stop, **CASH, amount="400000")
    phone.do("COLLECTED", stop, **check, amount="500000")
    phone.do("CARD_LINK", stop, amount="600000")
    phone.do("COLLECTED", stop, **CASH, amount="four hundred")

    shown = page()

    assert "<p>$ 400,000.00 in cash</p>" in shown
    assert "<p>$ 500,000.00 by check no. 1044</p>" in shown
    assert "<p>$ 600,000.00</p>" in shown
    assert "<p>four hundred in cash</p>" in shown


@pytest.mark.parametrize("number", [1, 4])
def test_goods_cost_as_many_queries_for_many_acts(django_assert_num_queries, number):
    for _ in range(number):
        stop = StopFactory()
        move = stop.job.picking.moves.get()
        lines = [{"move": move.pk, "quantity": "1", "reason": ""}]
        phone_of(stop).do("DELIVERED", stop, lines=lines)
    with django_assert_num_queries(3):
        assert len([line for one in open_acts() for line in one.lines]) == number
