"""Several workers, of whom exactly one runs at a time: the history says who goes on, and who dies.

Each worker is a thread with a database session of its own. It gives the baton back at every call
to Odoo and before statements outside a transaction. A worker that dies runs nothing more: neither
an ``except`` nor a ``finally`` of the engine reaches the database after that.
"""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

Work = Callable[[], object]


class Death(BaseException):
    """The process is gone. No ``except Exception`` sees it."""


@dataclass(frozen=True)
class Holding:
    """Entries with their fences, by a lease that lasts until then by the worker's own clock."""

    fences: dict[int, int]
    until: dt.datetime


@dataclass(eq=False)
class Worker:
    """A worker under way; ``waits_for`` says at which kind of place it gave the baton back."""

    name: str
    work: Work
    skew: float = 0
    dead: bool = False
    over: bool = False
    waits_for: str = "start"
    error: BaseException | None = None
    holds: Holding | None = None
    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


class Thread:
    """A thread that runs one worker after the other, and keeps its database session."""

    def __init__(self, stage: "Stage") -> None:
        self.stage = stage
        self.todo: list[Worker] = []
        self.ready = threading.Semaphore(0)
        self.thread = threading.Thread(target=self.loop, daemon=True)
        self.thread.start()

    def loop(self) -> None:
        hurry()
        while True:
            self.ready.acquire()
            if not self.todo:
                connection.close()
                return
            self.play(self.todo.pop())

    def play(self, worker: Worker) -> None:
        worker.go.acquire()
        with suppress(Death), connection.execute_wrapper(self.stage.at_statement):
            try:
                if not worker.dead:
                    worker.work()
            except Exception as error:  # noqa: BLE001 - the history says that it is a bug
                worker.error = error
        if worker.dead:
            end_session()
        worker.over = True
        self.stage.idle.append(self)
        self.stage.back.release()


def hurry() -> None:
    """Do not wait for the disk: nobody pulls PostgreSQL's plug here."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")


def end_session() -> None:
    """Do what PostgreSQL does for a client that is gone: roll back, and free its locks."""
    if connection.in_atomic_block or connection.needs_rollback:
        connection.close()
        hurry()
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock_all()")


class Stage:
    """Who runs. ``before_statement`` may pause or kill the worker whose statement comes next."""

    def __init__(self) -> None:
        self.idle: list[Thread] = []
        self.threads: list[Thread] = []
        self.back = threading.Semaphore(0)
        self.current: Worker | None = None
        self.before_statement: Callable[[Worker, str], None] = lambda _worker, _sql: None

    def start(self, name: str, work: Work, *, skew: float = 0) -> Worker:
        """Make a worker that begins when it is first let go on."""
        worker = Worker(name, work, skew)
        if not self.idle:
            self.threads.append(Thread(self))
            self.idle.append(self.threads[-1])
        thread = self.idle.pop(0)
        thread.todo.append(worker)
        thread.ready.release()
        return worker

    def go_on(self, worker: Worker) -> None:
        """Let it run until it gives the baton back."""
        self.current = worker
        worker.go.release()
        self.back.acquire()
        self.current = None

    def kill(self, worker: Worker) -> None:
        """End it where it stands."""
        worker.dead = True
        while not worker.over:
            self.go_on(worker)

    def pause(self, where: str) -> None:
        """Give the baton back; called by the worker that has it."""
        worker = self.current
        assert worker is not None
        worker.waits_for = where
        self.back.release()
        worker.go.acquire()
        if worker.dead:
            raise Death

    def die(self) -> None:
        """End the worker that has the baton."""
        assert self.current is not None
        self.current.dead = True
        raise Death

    def at_statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Stand before each statement of a worker."""
        worker = self.current
        assert worker is not None
        if worker.dead:
            raise Death
        self.before_statement(worker, sql)
        return execute(sql, params, many, context)

    def close(self) -> None:
        """End all threads and their sessions."""
        for thread in self.threads:
            thread.ready.release()
            thread.thread.join()
