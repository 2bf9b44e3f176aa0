"""The line between the bridge and the small Odoo, and all that goes wrong on it."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from odoo_bridge.client import OdooUnavailable
from odoo_bridge.client.answers import HttpAnswer
from odoo_bridge.tests.simulation.small_odoo import SmallOdoo
from odoo_bridge.tests.simulation.small_transport import (
    RACE,
    Request,
    execute,
    in_html,
    in_json,
    lost_race,
    said,
    serve,
)
from odoo_bridge.tests.simulation.stage import Death, Stage
from odoo_bridge.tests.simulation.weather import Weather

KILLER = "kills its worker"
LONGEST = 100  # seconds that a request lives on in Odoo; with the way there, below MAX_INFLIGHT
SYNC = ("poll", "refresh", "reconcile")
Land = Callable[[], None]


@dataclass
class Network:
    """Carries requests, one worker's at a time. ``calm``: nothing goes wrong any more."""

    odoo: SmallOdoo
    stage: Stage
    rng: Random
    weather: Weather
    tick: Callable[[float], None]
    tell: Callable[[str], None]
    calm: bool = False
    landing: list[tuple[dt.datetime, Land]] = field(default_factory=list)

    def carry(self, request: Request) -> HttpAnswer:
        """Bring a request to Odoo, and the answer back, or not."""
        self.tick(self.rng.uniform(0.005, 0.03))
        if KILLER in json.dumps(request.body):
            self._kill(request)
        self._way_there(request)
        fault = "fine"
        if not self.calm and self.rng.random() < self.weather.faults:
            fault = self.rng.choice(FAULTS if not self.weather.wild else FAULTS[:-4])
        worker = self.stage.current
        assert worker is not None
        self.tell(f"{worker.name}: {request.name} {fault}")
        answer = getattr(self, f"_{fault}")(request)
        if not self.calm:
            self.stage.pause("answer")
        return answer  # type: ignore[no-any-return]

    def land(self) -> None:
        """Let what is late enough come to its end."""
        due = [one for one in self.landing if one[0] <= self.odoo.now()]
        for one in due:
            self.landing.remove(one)
            one[1]()

    def _way_there(self, request: Request) -> None:
        if self.calm or self.weather.wild:
            return
        try:
            self.stage.pause("transit")
        except Death:
            if request.kind.writes and self.rng.random() < 0.5:
                self._later(lambda: serve(self.odoo, request))
            raise

    def _later(self, land: Callable[[], object]) -> None:
        seconds = dt.timedelta(seconds=self.rng.uniform(1, LONGEST))

        def tell_and_land() -> None:
            self.tell("a late request lands")
            land()

        self.landing.append((self.odoo.now() + seconds, tell_and_land))

    def _kill(self, request: Request) -> None:
        if self.rng.random() < 0.5:
            serve(self.odoo, request)
        self.tell(f"{request.name} kills its worker")
        self.stage.die()

    def _fine(self, request: Request) -> HttpAnswer:
        worker = self.stage.current
        stale = worker is not None and worker.name.startswith(SYNC)
        return serve(self.odoo, request, stale=stale)

    def _refused(self, request: Request) -> HttpAnswer:
        raise OdooUnavailable("There is no connection to Odoo.", request.name, "refused")

    def _lost_before(self, request: Request) -> HttpAnswer:
        raise request.kind.no_answer("The connection was lost.", request.name, "half sent")

    def _lost_after(self, request: Request) -> HttpAnswer:
        self._fine(request)
        raise request.kind.no_answer("The connection was lost.", request.name, "lost")

    def _gateway(self, request: Request) -> HttpAnswer:
        self._fine(request)
        return in_html(502)

    def _truncated(self, request: Request) -> HttpAnswer:
        answer = self._fine(request)
        return HttpAnswer(answer.status, answer.content_type, answer.body[:-3])

    def _no_database(self, _request: Request) -> HttpAnswer:
        return in_html(404)

    def _twice(self, request: Request) -> HttpAnswer:
        self._fine(request)
        return self._fine(request)

    def _race(self, request: Request) -> HttpAnswer:
        return lost_race(request) if request.kind.writes else said(RACE)

    def _no_key(self, _request: Request) -> HttpAnswer:
        name = "werkzeug.exceptions.Unauthorized"
        return in_json(401, {"name": name, "message": "Invalid apikey"})

    def _late_start(self, request: Request) -> HttpAnswer:
        if request.kind.writes:
            self._later(lambda: serve(self.odoo, request))
        raise request.kind.no_answer("The connection was lost.", request.name, "late")

    def _late_commit(self, request: Request) -> HttpAnswer:
        if request.kind.writes:
            _answer, change = execute(self.odoo, request)
            if change is not None:
                self._later(change.commit)
        raise request.kind.no_answer("The connection was lost.", request.name, "late")


# The last four outlive the worker that asked.
FAULTS = (
    *("refused", "lost_before", "lost_after", "lost_after", "gateway", "truncated"),
    *("no_database", "twice", "race", "race", "no_key"),
    *("late_start", "late_commit", "late_start", "late_commit"),
)
