"""A load check is about what the run brings, or has brought when the driver read his day."""

import pytest
from django.urls import reverse

from drivers.models import StopAction
from drivers.services.decide_act import decide_act
from drivers.tests.phone import phone_of
from odoo_bridge.models import Move
from portal.accounts.models import Role
from portal.testing.mirrors import MoveFactory
from portal.testing.yard import JobFactory, StopFactory
from scheduling.models import Job
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job

pytestmark = pytest.mark.django_db
ROAD = reverse("drivers:road")
DONE = ("APPLIED", "")


def move_of(stop):
    return stop.job.picking.moves.get().pk


def lines(*moves):
    return [{"move": move, "quantity": "1.5"} for move in moves]


def take_off(stop, by):
    seen = Job.objects.get(pk=stop.job_id).moves
    unplan_job(job_id=stop.job_id, seen=seen, by=by)


@pytest.fixture
def second(stop):
    """Another stop of the same run."""
    return StopFactory(run=stop.run, position=1)


def test_what_the_run_brings_is_taken(phone, stop, second):
    assert phone.do("LOADED", stop.run, lines=lines(move_of(stop), move_of(second))) == DONE


@pytest.mark.parametrize("strange", ["of another run", "of no job", "of nobody", "of no size"])
def test_what_was_never_on_the_run_is_refused_alone(phone, stop, strange):
    move = {
        "of another run": lambda: move_of(StopFactory()),
        "of no job": lambda: MoveFactory().pk,
        "of nobody": lambda: 10**6,
        "of no size": lambda: 10**30,
    }[strange]()
    check = phone.act("LOADED", stop.run, lines=lines(move_of(stop), move), note="")

    [(verdict, words), started] = phone.send(check, phone.act("STARTED", stop.run))

    assert (verdict, "on none of your stops" in words, started) == ("REFUSED", True, DONE)


def test_what_the_office_has_taken_off_since_is_kept_and_shown(phone, stop, second, signed_in):
    office = StopFactory().run.driver.user
    take_off(second, office)

    said = lines(move_of(stop), move_of(second))
    [(verdict, words)] = phone.send(phone.act("LOADED", stop.run, lines=said, note=""))

    assert (verdict, words[-19:]) == ("KEPT", "The office decides.")
    page = signed_in(Role.OFFICE).get(ROAD).text
    assert page.count("loaded 1.5 of 2 cord") == 2
    assert page.count("not on this run any more") == 1
    decide_act(action_id=StopAction.objects.get().pk, counts=True, note="", by=office)
    assert "To decide" not in signed_in(Role.OFFICE).get(ROAD).text


def test_what_never_was_on_it_is_refused_whatever_the_office_has_changed(phone, stop, second):
    take_off(second, phone.driver)

    said = lines(move_of(second), move_of(StopFactory()))
    assert phone.do("LOADED", stop.run, lines=said)[0] == "REFUSED"


@pytest.mark.parametrize("what", ["REFUSED", "NOBODY"])
def test_what_nobody_took_meanwhile_lay_on_the_truck_when_that_was_checked(
    phone, stop, second, what
):
    check = phone.act("LOADED", stop.run, lines=lines(move_of(stop)), note="")
    assert phone.do(what, stop, reason="Gate locked", goes_again=True) == DONE

    assert phone.send(check)[0][0] == "KEPT"


def test_a_load_that_was_merged_with_another_truck_s_was_on_this_run(phone, stop, second):
    other = StopFactory(job__order=second.job.order)
    said = lines(move_of(second))
    take_off(second, phone.driver)
    Move.objects.filter(pk=move_of(second)).update(picking=other.job.picking)

    assert phone.do("LOADED", stop.run, lines=said)[0] == "KEPT"


def test_a_part_that_was_split_off_was_on_the_run_of_the_whole(phone, stop):
    whole, run = JobFactory(), stop.run
    spot = Spot(truck_id=run.truck_id, day=run.day, position=1)
    plan_job(job_id=whole.pk, seen=0, spot=spot, by=phone.driver)
    part = JobFactory(order=whole.order)

    assert phone.do("LOADED", run, lines=lines(part.picking.moves.get().pk))[0] == "KEPT"


def test_a_load_that_lost_its_job_has_left_the_run(phone, stop, signed_in):
    phone.do("LOADED", stop.run, lines=lines(move_of(stop)))
    other = MoveFactory().picking
    Move.objects.filter(pk=move_of(stop)).update(picking=other)

    assert "not on this run any more" in signed_in(Role.OFFICE).get(ROAD).text


def test_what_nobody_took_did_not_leave_the_run_by_the_office(phone, stop, second, signed_in):
    phone.do("LOADED", stop.run, lines=lines(move_of(stop), move_of(second)))
    phone.do("REFUSED", stop, reason="Too wet", goes_again=True)
    take_off(second, phone.driver)

    page = signed_in(Role.OFFICE).get(ROAD).text
    assert page.count("loaded 1.5 of 2 cord") == 2
    assert page.count("not on this run any more") == 1


def test_another_driver_checks_no_load_of_this_run(stop):
    other = phone_of(StopFactory())

    assert other.do("LOADED", stop.run, lines=lines(move_of(stop)))[0] == "REFUSED"


def test_what_was_planned_then_stays_when_odoo_moves_less(phone, stop, signed_in):
    said = [{"move": move_of(stop), "quantity": "1.5", "of": "2"}]
    assert phone.do("LOADED", stop.run, lines=said) == DONE
    Move.objects.filter(pk=move_of(stop)).update(demand="1.5")

    assert "loaded 1.5 of 2 cord" in signed_in(Role.OFFICE).get(ROAD).text


def test_goods_that_nobody_knows_any_more_are_not_named(phone, stop, second, signed_in):
    said = lines(move_of(stop), move_of(second))
    phone.do("LOADED", stop.run, lines=said)
    Move.objects.filter(pk=move_of(second)).delete()

    assert signed_in(Role.OFFICE).get(ROAD).text.count("loaded 1.5 of 2 cord") == 1
