"""One history: everything happens in an order that its seed alone decides, and ends at rest."""

import datetime as dt
from collections.abc import Callable
from random import Random

from django.conf import settings
from django.db import connection

from odoo_bridge import tasks
from odoo_bridge.services.note_hint import note_hint
from odoo_bridge.tests.simulation import checks
from odoo_bridge.tests.simulation.checks import Violation
from odoo_bridge.tests.simulation.ground import SECRET, Ground
from odoo_bridge.tests.simulation.network import Network
from odoo_bridge.tests.simulation.people import LONGEST, People
from odoo_bridge.tests.simulation.promises import Promises
from odoo_bridge.tests.simulation.small_odoo import Place, SmallOdoo
from odoo_bridge.tests.simulation.small_transport import client_of
from odoo_bridge.tests.simulation.stage import Worker
from odoo_bridge.tests.simulation.weather import SKEW, Weather

MOST_WORKERS = 4
DEATH_AT_A_STATEMENT = {"drain": 0.02}
DEATH_AT_ANOTHER = 0.005
PAUSE_AT_A_STATEMENT = 0.12
CLOCKS = dt.timedelta(seconds=2 * SKEW)
TRANSIT = 50  # seconds that a request may be on its way before it is in Odoo
ROUND = 200  # seconds: longer than a lease, and than a breaker's pause after its first ones
MOST_ROUNDS = 16
WIDE = 16 * 60  # seconds: longer than the time between two wide scans


class History:
    """The world of one seed. ``told`` is what happened, step by step."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.seed, self.ground, self.rng = seed, ground, Random(seed)
        ground.begin(self.rng)
        self.stage = ground.stage
        self.told: list[str] = []
        self.weather = Weather.of(self.rng)
        self.deaths_left = self.weather.deaths
        self.odoo = SmallOdoo(
            lambda: ground.true_now + self.weather.odoo_ahead,
            lag=self.weather.lag,
            after_commit=self.hear,
        )
        self.network = Network(
            self.odoo, self.stage, self.rng, self.weather, tick=self.tick, tell=self.tell
        )
        ground.client = client_of(self.network.carry)
        self.people = People(self.odoo, self.rng)
        self.promises = Promises(self.rng)
        self.workers: list[Worker] = []
        self.hints: list[Place] = []
        self.sent_off: dict[Worker, dt.datetime] = {}
        self.stage.before_statement = self.before_statement
        self.tell(str(self.weather))

    def run(self) -> None:
        """Play it.

        :raises Violation: what must hold does not.
        """
        try:
            for _step in range(self.weather.steps):
                self.step()
            self.come_to_rest()
            checks.at_rest(self.odoo, self.promises)
        finally:
            for worker in list(self.workers):
                self.stage.kill(worker)

    def step(self) -> None:
        deeds: dict[Callable[[], object], int] = {
            self.let_one_go_on: 14 if self.workers else 0,
            self.start_a_worker: 5 if len(self.workers) < MOST_WORKERS else 0,
            self.promise: 4,
            self.people_act: 3,
            self.time_passes: 4,
            self.a_hint_comes: 4 if self.hints else 0,
            self.a_hint_is_forged: 1,
            self.the_broker_forgets: 1,
            self.kill_one: 1 if self.workers and self.deaths_left else 0,
        }
        [deed] = self.rng.choices(list(deeds), list(deeds.values()))
        deed()
        self.people.land()
        self.network.land()

    def tell(self, what: str) -> None:
        """Note a step."""
        self.told.append(f"{self.ground.true_now:%H:%M:%S.%f} {what}"[:160])

    def tick(self, seconds: float) -> None:
        self.ground.true_now += dt.timedelta(seconds=seconds)

    def hear(self, place: Place) -> None:
        """Let Odoo's webhook set out, if it does."""
        if self.rng.random() >= self.weather.hints_lost:
            self.hints.extend([place] * self.rng.choice([1, 1, 2]))

    def before_statement(self, worker: Worker, sql: str) -> None:
        if self.network.calm:
            return
        chance = DEATH_AT_A_STATEMENT.get(worker.name[:5], DEATH_AT_ANOTHER)
        if self.deaths_left and self.rng.random() < chance:
            self.deaths_left -= 1
            self.tell(f"{worker.name} dies before: {' '.join(sql.split())[:60]}")
            self.stage.die()
        # Not between the renewal of a lease and its moment: that is as one (see Weather).
        renews = "in_flight" in sql
        if connection.in_atomic_block or renews or self.rng.random() >= PAUSE_AT_A_STATEMENT:
            return
        self.stage.pause("statement")

    def let_one_go_on(self) -> None:
        self.go_on(self.rng.choice(self.workers))

    def go_on(self, worker: Worker) -> None:
        self.stage.go_on(worker)
        if worker.waits_for == "transit":
            self.sent_off.setdefault(worker, self.ground.true_now)
        else:
            self.sent_off.pop(worker, None)
        if worker.over:
            self.ended(worker)
        if worker.name.startswith("drain") and not self.weather.wild:
            others = [one for one in self.workers if one is not worker]
            checks.nobody_took_what_is_held(others, self.ground.true_now + CLOCKS)

    def ended(self, worker: Worker) -> None:
        self.workers.remove(worker)
        self.sent_off.pop(worker, None)
        self.tell(f"{worker.name} {'is dead' if worker.dead else 'ends'}")
        if worker.error is not None:
            raise Violation(f"{worker.name} broke: {worker.error!r}") from worker.error
        if worker.name.startswith("refresh"):
            checks.nothing_living_is_buried(self.odoo)

    def start_a_worker(self) -> None:
        names = self.by_the_clock()
        if self.ground.bell and self.rng.random() < 0.5:
            names = [self.ground.bell.pop(0)]
        if names:
            self.start(self.rng.choice(names), skew=self.weather.skew(self.rng))

    def by_the_clock(self) -> list[str]:
        """Return the bridge's tasks that run from time to time, woken or not."""
        named = [str(one["task"]) for one in settings.CELERY_BEAT_SCHEDULE.values()]
        return [name for name in named if name.startswith("odoo_bridge.")]

    def start(self, task: str, *, skew: float = 0) -> Worker:
        name = task.rpartition(".")[2]
        worker = self.stage.start(f"{name} {len(self.told)}", getattr(tasks, name), skew=skew)
        self.workers.append(worker)
        return worker

    def kill_one(self) -> None:
        self.deaths_left -= 1
        worker = self.rng.choice(self.workers)
        self.stage.kill(worker)
        self.ended(worker)

    def promise(self) -> None:
        skew = dt.timedelta(seconds=self.weather.skew(self.rng))
        self.ground.true_now += skew  # the clock of this web server
        try:
            for _one in range(self.rng.choice([1, 1, 2, 4])):
                deed = self.rng.choice([self.promises.lead, self.promises.contact])
                self.tell(deed())
        finally:
            self.ground.true_now -= skew

    def people_act(self) -> None:
        self.tell(self.people.act())

    def time_passes(self) -> None:
        [seconds] = self.rng.choices([0.2, 1, 6, 20, 60, 200], [3, 4, 4, 3, 2, 3])
        for worker, since in list(self.sent_off.items()):
            until = since + dt.timedelta(seconds=TRANSIT)
            while worker in self.sent_off and self.later(seconds) > until:
                self.go_on(worker)
        self.tell(f"{seconds} seconds pass")
        self.tick(seconds)

    def later(self, seconds: float) -> dt.datetime:
        return self.ground.true_now + dt.timedelta(seconds=seconds)

    def a_hint_comes(self) -> None:
        model, odoo_id = self.hints.pop(self.rng.randrange(len(self.hints)))
        self.tell(f"a webhook tells of {model} {odoo_id}")
        note_hint(secret=SECRET, odoo_model=model, odoo_id=odoo_id, now=self.ground.now())

    def a_hint_is_forged(self) -> None:
        """Somebody knows the secret, or does not, and tells of any record."""
        place = self.rng.choice([*self.odoo.rows, ("crm.lead", 4711)])
        secret = self.rng.choice([SECRET, "guessed"])
        self.tell(f"a forged webhook tells of {place}")
        kept = note_hint(
            secret=secret, odoo_model=place[0], odoo_id=place[1], now=self.ground.now()
        )
        if kept != (secret == SECRET):
            raise Violation("a webhook with a wrong secret was kept")

    def the_broker_forgets(self) -> None:
        self.tell(f"the broker forgets {len(self.ground.bell)} wake-ups")
        self.ground.bell.clear()

    def come_to_rest(self) -> None:
        """Let the faults end, and run what runs by the clock until nothing moves."""
        self.network.calm = True
        for worker in list(self.workers):
            while not worker.over:
                self.go_on(worker)
        self.tell("the faults end")
        self.tick(LONGEST)
        self.network.land()
        self.people.land()
        self.round(WIDE)
        for _round in range(MOST_ROUNDS):
            before = len(self.odoo.effects)
            self.round(ROUND)
            if checks.is_quiet() and len(self.odoo.effects) == before:
                return

    def round(self, seconds: float) -> None:
        self.tick(seconds)
        for task in [*self.ground.bell, *self.by_the_clock()]:
            worker = self.start(task)
            while not worker.over:
                self.go_on(worker)
        self.ground.bell.clear()
