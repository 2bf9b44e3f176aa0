"""What the tests of scheduling share."""

import datetime as dt

import pytest
from django.urls import reverse

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.purchases import CompanyFactory
from portal.testing.yard import TruckFactory
from scheduling.services.plan_job import Spot, plan_job

DAY = dt.date(2026, 11, 26)
END = 10_000
BOARD_DAY = business_today() + dt.timedelta(days=5)  # the board takes no day long ago
BOARD = f"/board/?day={BOARD_DAY}"
PARTIAL = {"HX-Request": "true"}


@pytest.fixture
def dispatcher(person):
    return person(Role.OFFICE, name="Ann")


@pytest.fixture
def truck():
    return TruckFactory()


@pytest.fixture
def buyer(person):
    """Return somebody who buys, for a business with a currency."""
    CompanyFactory()
    return person(Role.OFFICE, name="Ann")


def put(job, truck, by, *, position=END, day=DAY):
    """Put the job there as it is now."""
    job.refresh_from_db()
    spot = Spot(truck_id=truck.pk, day=day, position=position)
    return plan_job(job_id=job.pk, seen=job.moves, spot=spot, by=by)


def promised(command):
    """Return the payloads that were promised, the oldest first."""
    return [e.payload for e in OutboxEntry.objects.filter(command=command).order_by("pk")]


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE)


@pytest.fixture
def bench(signed_in):
    return signed_in(Role.PRODUCTION)


def move(browser, job, /, *, headers=PARTIAL, **values):
    """Move a job as the board does; ``headers=None`` is a browser without JavaScript."""
    seen = {"job": f"{job.pk}:{job.moves}", "day": BOARD_DAY.isoformat()}
    data = {**seen, "truck": "", "number": "", **values}
    address = reverse("scheduling:jobs-move") + f"?day={BOARD_DAY}"
    return browser.post(address, data, headers=headers or {})
