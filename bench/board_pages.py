"""The board as somebody of the office opens it, and moves a job on it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import requests
from django.db import connection

from portal.local.ports import HOST

if TYPE_CHECKING:
    from scheduling.models import Job, Truck

PAGE = "/board/"
LOOKS_EVERY, LONGEST = 0.01, 30  # seconds


class BoardPages:
    """A dispatcher at the board of one database: in this process, or over HTTP at ``url``."""

    def __init__(self, url: str = "") -> None:
        from django.test import Client  # noqa: PLC0415 - Django must be set up

        from portal.testing.factories import UserFactory  # noqa: PLC0415
        from scheduling.models import Job, Truck  # noqa: PLC0415

        self.database, self.url = connection.settings_dict["NAME"], url
        self.by = UserFactory()
        self.browser = Client(SERVER_NAME=HOST)
        self.browser.force_login(self.by)
        self.http = requests.Session()
        self.http.cookies.set("session", self.browser.cookies["session"].value)
        self.job: Job = Job.objects.filter(state="TO_SCHEDULE").order_by("pk")[0]
        self.truck: Truck | None = Truck.objects.order_by("pk").first()
        self.answer_bytes = 0
        self.waited: list[float] = []  # seconds, each time that a worker made the day ready
        self.opened()

    def opened(self, **asked: Any) -> None:
        """Open the page."""
        self._connect()
        if self.url:
            answer = self.http.get(f"{self.url}{PAGE}", params=asked, timeout=60)
            status, content = answer.status_code, answer.content
        else:
            page = self.browser.get(PAGE, asked)
            status, content = page.status_code, page.content
        assert status == 200, status
        assert b'id="card-' in content, "the board is empty"

    def anew(self, **asked: Any) -> None:
        """Open it right after something changed, before a worker has made it."""
        from portal.core.changes import touch  # noqa: PLC0415 - Django must be set up

        self._connect()
        touch("board")
        self.opened(**asked)

    def changed(self) -> None:
        """Change something, and wait until a worker has made the day of it."""
        from portal.core.changes import touch  # noqa: PLC0415 - Django must be set up
        from scheduling.views.ready_days import stale_days  # noqa: PLC0415

        self._connect()
        touch("board")
        began = time.monotonic()
        while stale_days():
            time.sleep(LOOKS_EVERY)
            assert time.monotonic() < began + LONGEST, "no worker makes the day"
        self.waited.append(time.monotonic() - began)

    def queries(self) -> tuple[int, int]:
        """Return how many queries the page takes, and how many the making of its day."""
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        from scheduling.views.made_day import AskedDay  # noqa: PLC0415

        self.anew()
        with CaptureQueriesContext(connection) as page:
            self.opened()
        today = str(_today())
        with CaptureQueriesContext(connection) as day:
            AskedDay(f"day={today}", today, may_plan=True).made()
        return len(page), len(day)

    def move(self) -> None:
        """Put a job onto a truck, or off it, by the page."""
        self._connect()
        job, truck = self._where_to()
        where = {"job": f"{job.pk}:{job.moves}", "day": str(_today()), "truck": truck or ""}
        answer = self.browser.post("/board/move", where, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code
        self.answer_bytes = max(self.answer_bytes, len(answer.content))

    def bare_move(self) -> None:
        """Do the same without a page."""
        from scheduling.forms.move import AT_THE_END  # noqa: PLC0415
        from scheduling.services.lock_job import Seen  # noqa: PLC0415 - Django must be set up
        from scheduling.services.move_jobs import move_jobs  # noqa: PLC0415
        from scheduling.services.plan_job import Spot  # noqa: PLC0415

        self._connect()
        job, truck = self._where_to()
        spot = Spot(truck_id=truck, day=_today(), position=AT_THE_END) if truck else None
        move_jobs(jobs=[Seen(job.pk, job.moves)], spot=spot, by=self.by)

    def _where_to(self) -> tuple[Job, int | None]:
        self.job.refresh_from_db(fields=["state", "moves"])
        goes_out = self.job.state == "TO_SCHEDULE"
        return self.job, self.truck.pk if self.truck and goes_out else None

    def _connect(self) -> None:
        if connection.settings_dict["NAME"] != self.database:
            connection.close()
            connection.settings_dict["NAME"] = self.database


def _today() -> Any:
    from portal.testing.days import business_today  # noqa: PLC0415 - Django must be set up

    return business_today()
