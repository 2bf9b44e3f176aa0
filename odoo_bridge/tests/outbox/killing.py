"""Kills a drain process before and after each of its calls to Odoo, and lets another one finish.

One run for each point: a process, a faulty proxy and a portal database of its own. Points run side
by side; what they leave in Odoo is looked at by the test.
"""

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import wait
from typing import Any
from unittest import mock

import psycopg
from django.db import connection, connections

from odoo_bridge.commands import Command
from portal.local.faulty_proxy import FaultyProxy
from portal.testing import leftovers, unmeasured
from portal.testing.real_odoo import ProvisionedOdoo

AT_ONCE = 4
PATIENCE = 180  # seconds, for one process; longer than it gives itself
Work = Command | tuple[Command, ...]  # what is promised in one transaction
FORKS = multiprocessing.get_context("forkserver")
# Whoever starts a process asks all others how they ended: of two who ask at once, one is told 255.
ONE_AT_A_TIME = threading.Lock()
# pytest too: a child imports what its parent was started as.
FORKS.set_forkserver_preload(["pytest", "odoo_bridge.tests.outbox.drain_process"])


@dataclass(frozen=True)
class Killing:
    """Runs commands in processes of their own; no connection to the template may be open."""

    odoo: ProvisionedOdoo
    template: str

    def calls_of(self, command: Work) -> int:
        """Run it once, undisturbed; return how many calls to Odoo that takes."""
        name = self.copy()
        with FaultyProxy(self.odoo.url) as proxy:
            process = self.start(name, proxy.url, command)
            assert ended(process) == 0
            return len(proxy.calls)

    def kill_at_every_call(self, calls: int, commands: list[Work]) -> None:
        """Kill before and after each call, with a command for each of these points.

        Every killed process is followed by one that must bring its entry to DONE.
        """
        points: list[dict[str, Any]] = [
            {side: n} for side in ("before_call", "after_call") for n in range(1, calls + 1)
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.kill_and_finish, points, commands))

    def kill_and_finish(self, point: dict[str, Any], command: Work) -> None:
        """Kill one process at the point, and finish with another."""
        name = self.copy()
        with FaultyProxy(self.odoo.url) as proxy:
            started = threading.Event()
            victim: list[Any] = []

            def pid() -> int:
                assert started.wait(PATIENCE)
                return int(victim[0].pid)

            kill = proxy.kill(pid, **point)
            victim.append(self.start(name, proxy.url, command))
            started.set()
            assert ended(victim[0]) == -9, point
            assert kill.fired.wait(PATIENCE), point  # the proxy says so after the deed
            code = ended(self.start(name, proxy.url))
            assert code == 0, (point, code, what_became_of_it(name), proxy.calls)

    def start(self, name: str, url: str, command: Work = ()) -> Any:
        """Start a process that promises the commands, if any, and sends what is promised."""
        from odoo_bridge.tests.outbox import drain_process  # noqa: PLC0415 - sets up

        commands = command if isinstance(command, tuple) else (command,)
        job = drain_process.Work(name, url, self.odoo.database, self.odoo.bot_key, commands)
        process = FORKS.Process(target=drain_process.work, args=(job,), daemon=True)
        with ONE_AT_A_TIME:
            process.start()
        return process

    def copy(self) -> str:
        """Copy the template; return the name."""
        name = leftovers.name_for("portal")
        run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        return name


def ended(process: Any) -> int:
    """Wait for the end of the process, within limits, and return its exit code."""
    for end in (lambda: None, process.kill):
        end()
        wait([process.sentinel], PATIENCE)
        with ONE_AT_A_TIME:
            if process.exitcode is not None:
                return int(process.exitcode)
    raise AssertionError(f"process {process.pid} survives")


def what_became_of_it(database: str) -> list[Any]:
    """Return how the entries stand, for the reader of a failure."""
    url = {**connection.get_connection_params(), "dbname": database}
    with psycopg.connect(
        **{key: url[key] for key in ("dbname", "user", "host", "port")}
    ) as session:
        return session.execute(
            "select state, attempts, deaths, failed_step, last_error from odoo_bridge_outboxentry"
        ).fetchall()


def run_sql(statement: str, *values: str) -> None:
    """Run a statement that concerns whole databases, outside of all of ours."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement, values or None)


def end_sessions(database: str) -> None:
    """End our own sessions there; PostgreSQL's own housekeeping makes room by itself."""
    run_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND usename = current_user",
        database,
    )


@contextlib.contextmanager
def killing(odoo: ProvisionedOdoo) -> Iterator[Killing]:
    """Lend this test's database, as it is now, as the template for the processes."""
    template = connection.settings_dict["NAME"]
    connections.close_all()
    end_sessions(template)  # a browser of an earlier test may keep a request's thread alive
    with mock.patch.dict(os.environ, unmeasured.environment(), clear=True):
        forkserver.ensure_running()
    yield Killing(odoo, template)
