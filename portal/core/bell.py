"""A doorbell for what comes in bursts: whoever presses it waits for no broker."""

import threading
import time
from functools import cache

import structlog
from django.db import connection, transaction

from portal.core.jobs import ring

log = structlog.get_logger(__name__)

PAUSE = 0.1  # seconds


class Bell:
    """Rings for one task, at once and then at most every ``PAUSE`` seconds.

    After each press there is a ring. It is rung by a thread of its own, which begins with the first
    press, so that a process may fork before.
    """

    def __init__(self, task_name: str) -> None:
        self._task_name = task_name
        self._pressed = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def press(self) -> None:
        """Have it rung, soon."""
        self._pressed.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._ring_for_ever, daemon=True)
                self._thread.start()

    def _ring_for_ever(self) -> None:
        while True:
            self.ring_once()
            time.sleep(PAUSE)

    def ring_once(self) -> None:
        """Wait until it is pressed, and ring."""
        self._pressed.wait()
        self._pressed.clear()
        try:
            ring(self._task_name)
        except Exception:
            log.exception("bell_broken", task=self._task_name)


bell_for = cache(Bell)


def wake_soon(task_name: str) -> None:
    """Ask a worker to look for work once this transaction commits: as ``wake``, for bursts."""
    press = bell_for(task_name).press
    if connection.in_atomic_block:
        transaction.on_commit(press)
    else:
        press()
