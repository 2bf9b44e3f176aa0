"""The days of the board that are made before somebody asks for them."""

import datetime as dt

import psycopg
import pytest
from django.db import connection

from odoo_bridge.slots import GIVE_BACK, TAKE, Doing
from portal.core import bell, kept_parts
from portal.core.changes import touch
from portal.core.kept_parts import kept_part
from portal.testing.days import business_today
from portal.testing.yard import JobFactory
from scheduling import tasks
from scheduling.tests.conftest import BOARD
from scheduling.views import ready_days
from scheduling.views.made_day import TOPICS, AskedDay
from scheduling.views.ready_days import make_days_ready, make_stale_days

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept(settings, monkeypatch):
    settings.PARTS_ARE_KEPT = True
    monkeypatch.setattr(ready_days, "REST", dt.timedelta(0))
    monkeypatch.setattr(bell.Bell, "press", lambda _self: None)


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """Write down who is asked to look again."""
    rings = []
    monkeypatch.setattr(ready_days, "ring", lambda *who, **how: rings.append((*who, how)))
    return rings


@pytest.fixture
def made(monkeypatch):
    """Write down which days are made."""
    names, make = [], AskedDay.made

    def write_down(self):
        names.append(self.here)
        return make(self)

    monkeypatch.setattr(AskedDay, "made", write_down)
    return names


@pytest.fixture
def today():
    return str(business_today())


def test_who_opens_the_board_first_waits_for_nobody(office, made, today):
    job = JobFactory()
    touch("board")
    tasks.make_days_ready()

    page = office.get("/board/").text

    assert job.order.name in page
    assert made == [f"day={today}"], "the page was made while somebody waited"


def test_a_change_makes_it_anew(office, made):
    make_days_ready()
    job = JobFactory()
    touch("orders")
    make_days_ready()

    assert job.order.name in office.get("/board/").text
    assert len(made) == 2


def test_who_has_made_something_has_somebody_look_again(made, rung, monkeypatch):
    make = AskedDay.made

    def make_and_change(self):
        if len(made) < 1:
            touch("money")
        return make(self)

    monkeypatch.setattr(AskedDay, "made", make_and_change)
    make_days_ready()
    assert len(made) == 1
    make_days_ready()
    assert len(made) == 2, "what changed while it was made was left"
    make_days_ready()
    assert len(made) == 2
    assert len(rung) == 2, "who had nothing to do had somebody look again"


def test_what_changes_in_a_burst_is_gathered(made, rung, monkeypatch):
    monkeypatch.setattr(ready_days, "REST", dt.timedelta(hours=1))
    for _change in range(5):
        touch("money")
        make_days_ready()

    assert len(made) == 1
    assert rung == [("scheduling.tasks.make_days_ready", {"after": 3600})]


def test_days_and_searches_that_somebody_looked_at_are_made_anew_too(office, made):
    office.get(f"{BOARD}&q=oak")
    make_days_ready()
    made.clear()
    touch("board")
    make_days_ready()

    assert sorted(made) == sorted([f"day={business_today()}", f"{BOARD.partition('?')[2]}&q=oak"])


def test_what_was_looked_at_on_another_day_is_not(made):
    yesterday = str(business_today() - dt.timedelta(days=1))
    kept_part(("day", f"day={yesterday}", yesterday, True), TOPICS, lambda: "yesterday's")
    touch("board")
    make_days_ready()

    assert made == [f"day={business_today()}"]


def test_one_process_at_a_time_makes_them(made, rung):
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(TAKE, [1, Doing.DRAWING])
        make_days_ready()
        other.execute(GIVE_BACK, [Doing.DRAWING, 1])  # a closed session's stays for a moment
    assert made == []
    assert len(rung) == 1, "what changed while another one looked was left to nobody"

    make_days_ready()
    assert len(made) == 1


def test_who_fails_leaves_the_work_to_others(monkeypatch, made):
    def fail():
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(ready_days, "make_stale_days", fail)
        with pytest.raises(RuntimeError):
            make_days_ready()

    with psycopg.connect(**connection.get_connection_params()) as other:
        assert other.execute(TAKE, [1, Doing.DRAWING]).fetchone() == (1,)
        other.execute(GIVE_BACK, [Doing.DRAWING, 1])


def test_without_keeping_there_is_nothing_to_do(settings, made):
    settings.PARTS_ARE_KEPT = False
    make_days_ready()

    assert made == []


def test_each_change_that_a_day_shows_wakes_a_worker(monkeypatch):
    woken = []
    monkeypatch.setattr(bell.Bell, "press", lambda self: woken.append(self._task_name))

    touch("inbox")
    assert woken == []
    touch("orders")

    assert woken == ["scheduling.tasks.make_days_ready"]


def test_no_day_becomes_too_old_between_two_sweeps(settings):
    sweep = settings.CELERY_BEAT_SCHEDULE["scheduling-make-days-ready"]["schedule"]

    assert kept_parts.SOON_OVER + dt.timedelta(seconds=sweep) <= kept_parts.LONGEST


def test_it_is_made_anew_before_it_is_too_old(made, monkeypatch):
    make_days_ready()
    monkeypatch.setattr(kept_parts, "SOON_OVER", dt.timedelta(0))

    assert make_stale_days() == 1
