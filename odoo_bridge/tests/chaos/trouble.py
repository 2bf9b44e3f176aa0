"""What goes wrong in a chaos run: on the line, with the workers, and in Odoo."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from random import Random
from typing import Any

import psycopg

from odoo_bridge.client import Kind, OdooClient, OdooError
from portal.local import odoo as local_odoo
from portal.local.faulty_calls import every_call, writes
from portal.local.faulty_faults import (
    BAD_GATEWAY,
    BAD_GATEWAY_BEFORE,
    DROP_ANSWER,
    DROP_BEFORE,
    DROP_HALF_WAY,
    DUPLICATE,
    MALFORM,
    TRUNCATE,
    answer_with,
    delay_answer,
    delay_before,
)
from portal.local.faulty_proxy import FaultyProxy

LATER_THAN_PATIENCE = 3.5  # seconds; the workers of these runs wait three
PAST_A_LEASE = 6.5
FAULTS = (
    *(DROP_ANSWER, DROP_ANSWER, DROP_BEFORE, DROP_HALF_WAY, DUPLICATE, TRUNCATE, MALFORM),
    *(BAD_GATEWAY, BAD_GATEWAY_BEFORE, answer_with(404), answer_with(503)),
    *(delay_answer(LATER_THAN_PATIENCE), delay_before(LATER_THAN_PATIENCE)),
)


class OnTheLine:
    """Faults of the proxy."""

    def __init__(self, rng: Random, proxy: FaultyProxy) -> None:
        self.rng, self.proxy = rng, proxy

    def fault(self) -> str:
        """Let the next calls fail."""
        fault, times = self.rng.choice(FAULTS), self.rng.choice([1, 1, 2, 5])
        self.proxy.rule(fault, when=self.rng.choice([every_call, writes, writes]), times=times)
        return f"{fault.name}, {times} times"

    def outage(self) -> str:
        """Refuse connections for a while."""
        seconds = self.rng.uniform(0.5, 3)
        self.proxy.down()
        time.sleep(seconds)
        self.proxy.up()
        return f"Odoo away for {seconds:.1f} s"


class AmongWorkers:
    """Kills, and pauses past a lease. ``start`` gives a new worker in the place of a dead one."""

    def __init__(self, rng: Random, start: Callable[[], Any], number: int) -> None:
        self.rng, self.start = rng, start
        self.workers = [start() for _ in range(number)]
        self.leaving: list[Any] = []
        self.ends: list[int] = []
        self.paused: list[tuple[float, Any]] = []

    def kill(self) -> str:
        """End one as a crash does, wherever it is, and start another."""
        victim = self.rng.choice(self.workers)
        self._end(victim)
        self.workers.remove(victim)
        self.paused = [one for one in self.paused if one[1] is not victim]
        self.workers.append(self.start())
        return f"worker {victim.pid} is killed"

    def kill_all(self, *, before_others_start: Callable[[], object]) -> None:
        """End all as a machine does that loses its power, and start as many."""
        number = len(self.workers)
        for one in [*self.leaving, *self.workers]:
            self._end(one)
        self.leaving, self.paused = [], []
        before_others_start()
        self.workers = [self.start() for _one in range(number)]

    def _end(self, victim: Any) -> None:
        if victim.exitcode is not None:  # it had ended by itself
            self.ends.append(int(victim.exitcode))
        victim.kill()
        victim.join()

    def replace(self) -> str:
        """Ask one to end as a deployment does, and start another beside it."""
        old = self.rng.choice(self.workers)
        self.wake(all_of_them=True)
        old.terminate()
        self.workers.remove(old)
        self.leaving.append(old)
        self.workers.append(self.start())
        return f"worker {old.pid} is replaced"

    def pause(self) -> str:
        """Let one stand still until its lease is over, and somebody else has done its work."""
        worker = self.rng.choice(self.workers)
        os.kill(worker.pid, signal.SIGSTOP)
        self.paused.append((time.monotonic() + PAST_A_LEASE, worker))
        return f"worker {worker.pid} stands still"

    def wake(self, *, all_of_them: bool = False) -> None:
        """Let those go on whose time has come."""
        now = time.monotonic()
        for until, worker in list(self.paused):
            if all_of_them or until <= now:
                os.kill(worker.pid, signal.SIGCONT)
                self.paused.remove((until, worker))

    def stop(self) -> list[int]:
        """Let all end by themselves; return how they did."""
        self.wake(all_of_them=True)
        for worker in self.workers:
            worker.terminate()
        ending = [*self.leaving, *self.workers]
        for worker in ending:
            worker.join(60)
            if worker.exitcode is None:
                worker.kill()
                worker.join()
        return [*self.ends, *(int(worker.exitcode) for worker in ending)]


class InOdoo:
    """What Odoo's own people do meanwhile to leads that they have made."""

    def __init__(self, rng: Random, client: OdooClient, database_url: str) -> None:
        self.rng, self.client, self.url = rng, client, database_url
        self.made: list[int] = []
        self.late: dict[int, tuple[float, psycopg.Connection[Any]]] = {}  # by the lead

    @property
    def free(self) -> list[int]:
        """Return those that no transaction of ours holds: we would wait for ourselves."""
        return [one for one in self.made if one not in self.late]

    def make(self) -> str:
        """Make leads of their own."""
        number = self.rng.choice([1, 3])
        found: list[int] = self.client.call(
            "crm.lead", "create", kind=Kind.WRITE, vals_list=[{"name": "By a person"}] * number
        )
        self.made += found
        return f"a person makes {found}"

    def change(self) -> str:
        """Write, archive or delete one of them; who loses a race comes again some other time."""
        if not self.free:
            return self.make()
        one = self.rng.choice(self.free)
        deeds: list[tuple[str, dict[str, Any]]] = [
            ("write", {"vals": {"phone": str(self.rng.random())}}),
            ("write", {"vals": {"active": False}}),
            ("unlink", {}),
        ]
        method, words = self.rng.choice(deeds)
        with contextlib.suppress(OdooError):
            self.client.call("crm.lead", method, kind=Kind.WRITE_RECORDS, ids=[one], **words)
            if method == "unlink":
                self.made.remove(one)
        return f"a person: {method} {one}"

    def crash(self) -> str:
        """End Odoo in whatever it is doing, and start it anew."""
        local_odoo.crash()
        return "Odoo is killed, and starts anew"

    def begin_late(self) -> str:
        """Write in a transaction that commits after several polls, with the time of its begin."""
        if not self.free:
            return self.make()
        one = self.rng.choice(self.free)
        session = psycopg.connect(self.url)
        session.execute("set lock_timeout = '1s'")
        with contextlib.suppress(psycopg.Error):
            session.execute(
                "update crm_lead set contact_name = 'late', write_date = now() at time zone 'utc'"
                " where id = %s",
                [one],
            )
        self.late[one] = (time.monotonic() + self.rng.uniform(0.5, 4), session)
        return f"a person writes {one}, to be committed later"

    def land(self, *, all_of_them: bool = False) -> None:
        """Commit what is due."""
        for one, (at, session) in list(self.late.items()):
            if all_of_them or at <= time.monotonic():
                with contextlib.suppress(psycopg.Error):
                    session.commit()
                session.close()
                del self.late[one]
