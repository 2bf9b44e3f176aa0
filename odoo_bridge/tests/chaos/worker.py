"""What a worker of a chaos run does: the bridge's tasks in any order, until it is told to stop."""

import datetime as dt
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from unittest import mock

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up before
from django.db import (  # noqa: E402
    InterfaceError,
    OperationalError,
    connection,
    connections,
)
from django.utils import timezone  # noqa: E402

from odoo_bridge import tasks  # noqa: E402
from odoo_bridge.sync import refresh, specs  # noqa: E402

MIRRORS = (specs.PARTNER, specs.LEAD)
# The session is ended, PostgreSQL is stopping or starting, the database is closed, its disk is
# full, or no answer.
NOBODY_IN = {"57P01", "57P02", "57P03", "55000", "53100", None}
SOON = dt.timedelta(seconds=2)


@dataclass(frozen=True)
class Job:
    """Where to work, as whom, the seed of the order of the tasks, and how wrong the clock is."""

    seed: int
    database: str
    odoo_url: str
    odoo_database: str
    settings: dict[str, Any]
    clock: float = 0  # seconds

    def with_clock(self, clock: float) -> "Job":
        """Return the same for a worker with a wrong clock."""
        return replace(self, clock=clock)


def on_the_ground_of(job: Job) -> None:
    """Use the run's databases, its times, and two mirrors only."""
    connections.close_all()
    connection.settings_dict["NAME"] = job.database
    here = {"ODOO_URL": job.odoo_url, "ODOO_DB": job.odoo_database, "ODOO_API_KEY": ""}
    for name, value in {**here, **job.settings}.items():
        setattr(settings, name, value)
    wrong, now = dt.timedelta(seconds=job.clock), timezone.now
    for holder, name, value in (
        (timezone, "now", lambda: now() + wrong),
        (tasks, "readable_specs", lambda: MIRRORS),
        (tasks, "read_levels", lambda _client: None),
        (refresh, "SECOND_LOOK", SOON),
        (refresh, "SECOND_LOOK_AT_THE_YOUNG", SOON),
        (refresh, "AFTER_REFUSAL", SOON),
    ):
        mock.patch.object(holder, name, value).start()


def work(job: Job) -> None:
    """Work until SIGTERM; what breaks ends the process with 1."""
    on_the_ground_of(job)
    rng, stop = Random(job.seed), []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    deeds = [
        *[tasks.drain_outbox] * 6,
        *[tasks.refresh_odoo] * 3,
        *[tasks.poll_odoo] * 2,
        tasks.reconcile_odoo,
    ]
    while not stop:
        do(rng.choice(deeds))
        time.sleep(rng.uniform(0, 0.1))
    connection.close()


def do(task: Callable[[], object]) -> None:
    """Run a task as Celery does: one whose session is cut is lost, and the worker goes on."""
    try:
        task()
    except (InterfaceError, OperationalError) as error:
        if getattr(error.__cause__, "sqlstate", None) not in NOBODY_IN:
            raise  # something else is wrong
        connection.close()
