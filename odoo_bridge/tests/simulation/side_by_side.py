"""Several processes, each with a database and a ground of its own, that play histories."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from django.db import connection

from odoo_bridge.tests.simulation.ground import Ground, ground
from portal.local import postgres

FORKS = multiprocessing.get_context("fork")
Job = TypeVar("Job")
Answer = TypeVar("Answer")
HERE: list[Ground] = []  # of this process
STAY = ExitStack()  # as long as it lives


@contextmanager
def players(count: int) -> Iterator[ProcessPoolExecutor]:
    """Start the processes, on copies of the database that is connected now."""
    template = str(connection.settings_dict["NAME"])
    connection.close()
    names = [f"{template}_{number}" for number in range(count)]
    for name in names:
        postgres.create_database(name, template=template)
    queue = FORKS.SimpleQueue()
    for name in names:
        queue.put(name)
    try:
        with ProcessPoolExecutor(
            count, mp_context=FORKS, initializer=settle, initargs=(queue,)
        ) as pool:
            yield pool
    finally:
        for name in names:
            postgres.drop_database(name)


def settle(names: Any) -> None:
    """Take a database, and stay on its ground as long as the process lives."""
    connection.settings_dict["NAME"] = names.get()
    HERE.append(STAY.enter_context(ground()))


def play_here(work: Callable[[Ground, Job], Answer], job: Job) -> Answer:
    """Do one job on this process's ground."""
    return work(HERE[0], job)


def by_all(
    pool: ProcessPoolExecutor, work: Callable[[Ground, Job], Answer], jobs: Sequence[Job]
) -> Iterator[Answer]:
    """Yield the answers in the order of the jobs."""
    yield from pool.map(play_here, [work] * len(jobs), jobs)
