"""The bell: rung at once, seldom in a burst, and always after the last who pressed it."""

import threading
import time

import pytest
import structlog
from django.db import transaction

from portal.core import bell
from portal.core.bell import Bell, bell_for, wake_soon

TASK = "portal.core.tasks.forget_old_changes"


@pytest.fixture
def rung(monkeypatch):
    """Note when it was rung, and let each wait for it: ``rung.wait(2)`` rings."""
    return Rung(monkeypatch)


class Rung(list[tuple[str, float]]):
    def __init__(self, monkeypatch):
        super().__init__()
        self._changed = threading.Condition()
        monkeypatch.setattr(bell, "ring", self.note)

    def note(self, task):
        with self._changed:
            self.append((task, time.monotonic()))
            self._changed.notify_all()

    def wait(self, number):
        with self._changed:
            assert self._changed.wait_for(lambda: len(self) >= number, timeout=5)


def test_who_presses_it_waits_for_nobody_and_it_rings_at_once(rung):
    began = time.monotonic()
    Bell(TASK).press()
    pressed = time.monotonic()
    rung.wait(1)

    assert pressed - began < 0.1
    assert rung[0][0] == TASK
    assert rung[0][1] - began < bell.PAUSE


def test_a_burst_rings_seldom_and_once_after_its_end(rung):
    one = Bell(TASK)
    end = time.monotonic() + 3 * bell.PAUSE
    pressed = 0
    while time.monotonic() < end:
        one.press()
        pressed += 1
        time.sleep(0.001)
    last = time.monotonic()
    time.sleep(2 * bell.PAUSE)

    assert pressed > 20
    assert len(rung) <= 6
    assert rung[-1][1] >= last - bell.PAUSE


def test_what_is_pressed_seldom_is_not_delayed(rung):
    one, longest = Bell(TASK), 0
    for number in range(1, 4):
        began = time.monotonic()
        one.press()
        rung.wait(number)
        longest = max(longest, rung[-1][1] - began)
        time.sleep(1.25 * bell.PAUSE)

    assert longest < bell.PAUSE


def test_a_bell_that_breaks_rings_again(monkeypatch):
    one = Bell(TASK)
    one._pressed.set()
    monkeypatch.setattr(bell, "log", structlog.get_logger())  # one that nothing has set up yet
    monkeypatch.setattr(bell, "ring", lambda _task: 1 / 0)
    with structlog.testing.capture_logs() as noted:
        one.ring_once()

    assert [line["event"] for line in noted] == ["bell_broken"]


def test_many_who_press_at_once_start_one_thread(rung):
    one = Bell(TASK)
    one.press()
    thread = one._thread
    one._start()

    assert one._thread is thread


def test_it_is_pressed_after_commit_and_not_before(transactional_db, rung):
    bell_for.cache_clear()
    with transaction.atomic():
        wake_soon(TASK)
        time.sleep(0.05)
        assert not rung
    rung.wait(1)
    wake_soon(TASK)
    rung.wait(2)
    bell_for.cache_clear()
