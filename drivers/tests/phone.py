"""A driver's phone, as the server meets it."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drivers.tests.spanish import entry_of
from portal.accounts.models import User
from scheduling.models import Run, Stop

DAY, ACTS = "/driver/day", "/driver/acts"
CASH = {"method": "CASH", "number": "", "reason": ""}


@dataclass
class Phone:
    """What one driver does on one phone, whose clock is so much ahead of ours."""

    driver: User
    ahead: dt.timedelta = dt.timedelta(0)
    name: uuid.UUID = field(default_factory=uuid.uuid4)
    number: int = 0

    def __post_init__(self):
        self.client = Client()
        self.client.force_login(self.driver)

    def day(self, **headers):
        """Read the day; its runs."""
        return self.client.get(DAY, headers=headers).json()["runs"]

    def told(self, stop):
        """Read a stop as the day tells it."""
        stops = [one for run in self.day() for one in run["stops"]]
        return next(one for one in stops if one["uuid"] == str(stop.uuid))

    def act(self, what, about, *, at=None, after=None, claim=None, **details):
        """Make an act about a stop, whose claim is read now unless it is given, or about a run."""
        self.number += 1
        is_stop = isinstance(about, Stop)
        if claim is None:
            claim = self.told(about)["claim"] if is_stop else ""
        return {
            "id": str(uuid.uuid4()),
            "n": self.number,
            "after": after and str(after),
            "what": what,
            "run": str(about.run.uuid if is_stop else about.uuid),
            "stop": str(about.uuid) if is_stop else None,
            "claim": claim,
            "at": ((at or timezone.now()) + self.ahead).isoformat(),
            "details": details,
        }

    def post(self, *acts, **about):
        """Send these acts in one request."""
        sent_at = (timezone.now() + self.ahead).isoformat()
        body = {"driver": self.driver.pk, "phone": str(self.name), "sent_at": sent_at}
        return self.client.post(
            reverse("drivers:acts"),
            {**body, "acts": list(acts), **about},
            content_type="application/json",
        )

    def send(self, *acts):
        """Send these acts; return the verdict and the words of each."""
        answers = self.post(*acts).json()["answers"]
        assert [one["id"] for one in answers] == [one["id"] for one in acts]
        unsaid = [one["words"] for one in answers if one["words"] and not entry_of(one["words"])]
        assert unsaid == [], "not in static/src/driver/refusals.ts"
        return [(one["verdict"], one["words"]) for one in answers]

    def do(self, what, about, **details):
        """Do one thing; return what became of it."""
        [answer] = self.send(self.act(what, about, **details))
        return answer


def phone_of(about: Stop | Run) -> Phone:
    """Return the phone of whoever drives the stop or the run."""
    run = about.run if isinstance(about, Stop) else about
    assert run.driver is not None
    return Phone(run.driver.user)
