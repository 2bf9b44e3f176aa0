"""One run: promises, people and troubles in the order of a seed, and then rest."""

import contextlib
import multiprocessing
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from odoo_bridge.models import LeadRecord, OdooAccess
from odoo_bridge.services.note_hint import digest, note_hint
from odoo_bridge.tests.chaos import checks, worker
from odoo_bridge.tests.chaos.database import WithDatabase
from odoo_bridge.tests.chaos.promises import Promises
from odoo_bridge.tests.chaos.trouble import AmongWorkers, InOdoo, OnTheLine
from portal.local import postgres
from portal.local.faulty_proxy import FaultyProxy
from portal.local.small_disk import SmallDisk
from portal.testing.real_odoo import ProvisionedOdoo

WORKERS = 3
STEPS = (50, 90)
PATIENCE = 120  # seconds, until a run is at rest
CLOCKS = (0, 0, -0.7, 0.7)  # seconds, by which a worker's may be wrong; a lease here is five
FINE = (0, -signal.SIGTERM)  # the second: it was told to stop before it began
NO_RECORD = 4_711_000
SECRET = "s" * 40  # of the webhooks
TIMES = {
    "OUTBOX_LEASE_SECONDS": 5,
    "OUTBOX_MAX_INFLIGHT_SECONDS": 6,
    "OUTBOX_PROBE_SECONDS": 0.5,
    "ODOO_READ_TIMEOUT": 3,
    "ODOO_WRITE_TIMEOUT": 3,
}
FORKS = multiprocessing.get_context("forkserver")
# pytest too: a child imports what its parent was started as.
FORKS.set_forkserver_preload(["pytest", "odoo_bridge.tests.chaos.worker"])


class Run:
    """A portal database of its own, workers, and a proxy before Odoo. ``told`` is what happened."""

    def __init__(
        self,
        seed: int,
        odoo: ProvisionedOdoo,
        database: str,
        proxy: FaultyProxy,
        disk: SmallDisk | None,
    ) -> None:
        self.seed, self.odoo, self.database, self.proxy = seed, odoo, database, proxy
        self.rng = Random(seed)
        self.told: list[str] = []
        self.promises = Promises(seed, self.rng)
        self.came_to_rest = False
        self.line = OnTheLine(self.rng, proxy)
        self.own = WithDatabase(self.rng, database, disk)
        url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
        self.people = InOdoo(self.rng, odoo.client(), url)
        self.workers = AmongWorkers(self.rng, self.start_worker, WORKERS)

    def start_worker(self) -> Any:
        """Start a process."""
        job = worker.Job(
            self.rng.randrange(2**31), self.database, self.proxy.url, self.odoo.database, TIMES
        ).with_clock(self.rng.choice(CLOCKS))
        process = FORKS.Process(target=worker.work, args=(job,), daemon=True)
        process.start()
        return process

    def play(self) -> list[str]:
        """Let it all happen; return what does not hold at the end."""
        try:
            for _step in range(self.rng.randint(*STEPS)):
                self.step()
            self.rest()
        finally:
            self.people.land(all_of_them=True)
            ends = self.workers.stop()
            self.own.forget()
        broken = [f"a worker ended with {code}" for code in ends if code not in FINE]
        if not self.came_to_rest:
            broken.append(f"the workers had not come to rest {PATIENCE} s after the faults")
        return broken + checks.wrongs(self.odoo.client(), self.promises)

    def tell(self, what: str) -> None:
        """Note what happened, with the time."""
        self.told.append(f"{time.strftime('%H:%M:%S')} {what}")

    def step(self) -> None:
        """Do one thing, and let some time pass."""
        deeds: list[tuple[Callable[[], str], float]] = [
            (self.promises.make, 10),
            (self.promises.change, 6),
            (self.line.fault, 6),
            (self.people.make, 3),
            (self.people.change, 6),
            (self.people.begin_late, 2),
            (self.hint, 5),
            (self.workers.kill, 2),
            (self.workers.pause, 1),
            (self.line.outage, 1),
            (self.workers.replace, 1),
            (self.own.cut, 1),
            (self.own.close_for_a_while, 0.5),
            (self.fill_the_disk, 0.7),
            (self.people.crash, 0.3),
            (self.turn_back, 0.7),
        ]
        [(deed, _)] = self.rng.choices(deeds, [weight for _, weight in deeds])
        self.tell(deed())
        self.workers.wake()
        self.people.land()
        time.sleep(self.rng.uniform(0.02, 0.3))

    def hint(self) -> str:
        """Tell of a record as a webhook does: of one that changed, or of none that there is."""
        known = [one.known_odoo_id for one in LeadRecord.objects.exclude(odoo_id=None)[:20]]
        place = self.rng.choice([*self.people.made, *known, NO_RECORD])
        for _time in range(self.rng.choice([1, 3])):
            note_hint(secret=SECRET, odoo_model="crm.lead", odoo_id=place, now=timezone.now())
        return f"hints of {place}"

    def fill_the_disk(self) -> str:
        """Let somebody promise more while nothing can be kept."""
        return self.own.fill_the_disk(meanwhile=self.promises.make)

    def turn_back(self) -> str:
        """Back the portal's database up, or put the backup in its place.

        What was promised since is forgotten here; Odoo may know it, but never twice.
        """
        if not self.own.has_backup:
            self.own.back_up()
            self.promises.keep()
            return "the database is backed up"
        self.workers.kill_all(before_others_start=self.own.restore)
        self.promises.turn_back()
        return "the backup is put in the place of the database"

    def rest(self) -> None:
        """End the faults, and wait until nothing moves."""
        self.tell("the faults end")
        self.proxy.clear()
        self.people.land(all_of_them=True)
        self.workers.wake(all_of_them=True)
        until = time.monotonic() + PATIENCE
        while not checks.is_quiet() and time.monotonic() < until:
            self.promises.decide()
            time.sleep(0.2)
        self.came_to_rest = checks.is_quiet()
        self.tell("nothing moves" if self.came_to_rest else "patience ends")
        self.workers.stop()
        worker.on_the_ground_of(
            worker.Job(0, self.database, self.odoo.url, self.odoo.database, TIMES)
        )
        self.last_rounds()

    def last_rounds(self) -> None:
        """Run what runs by the clock: what changed at the very end is found by it."""
        from odoo_bridge import breaker, tasks  # noqa: PLC0415

        until = time.monotonic() + PATIENCE
        while checks.is_held_by_the_dead() and time.monotonic() < until:
            time.sleep(0.2)
        breaker.note_answer(timezone.now())
        for _scan in ("one that was cut off", "one of its own"):
            tasks.poll_odoo()
        tasks.reconcile_odoo()
        while not checks.is_quiet() and time.monotonic() < until:
            tasks.drain_outbox()
            tasks.refresh_odoo()
            self.promises.decide()
            time.sleep(0.2)
        self.tell("at rest")


@contextlib.contextmanager
def database_of_its_own(
    template: str, odoo: ProvisionedOdoo, disk: SmallDisk | None
) -> Iterator[str]:
    """Copy the migrated database, and connect the portal in it with Odoo, while the block runs."""
    name = f"{template}_{uuid.uuid4().hex[:6]}"
    connections.close_all()
    place = disk.tablespace if disk else None
    postgres.create_database(name, template=template, tablespace=place)
    connection.settings_dict["NAME"] = name
    try:
        OdooAccess.objects.create(pk=1, **{**odoo.access, "hint_digest": digest(SECRET)})
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = template
        postgres.drop_database(name)


def play(seed: int, odoo: ProvisionedOdoo, disk: SmallDisk | None = None) -> tuple[list[str], Run]:
    """Play one run; return what does not hold, and the run."""
    template = str(connection.settings_dict["NAME"])
    with database_of_its_own(template, odoo, disk) as name, FaultyProxy(odoo.url) as proxy:
        run = Run(seed, odoo, name, proxy, disk)
        found = run.play()
    return found, run
