"""Making, by the services and by the page: words for the tests."""

import datetime as dt
import zoneinfo
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from odoo_bridge.models import ManufacturingOrder
from portal.testing.productions import ManufacturingOrderFactory, SaleOrderLineFactory
from portal.testing.yard import JobFactory, StopFactory
from scheduling.models import Job
from scheduling.selectors.productions import one_production
from scheduling.services.finish_production import Made, finish_production
from scheduling.services.plan_production import Plan, plan_production
from scheduling.tests.conftest import PARTIAL

LIST = reverse("scheduling:productions")


def on_the_clock(at):
    """Return a moment as a field of the page shows it, on the clock of the business."""
    zone = zoneinfo.ZoneInfo(settings.BUSINESS_TIME_ZONE)
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def day_of(at):
    """Return the day of a moment for the business."""
    return dt.date.fromisoformat(on_the_clock(at)[:10])


def now_of(production):
    return one_production(production.uuid)


def finish(production, good, *, by, scrapped=0, seen=10, rest_follows=True):
    made = Made(Decimal(good), Decimal(scrapped), rest_follows, Decimal(seen))
    return finish_production(key=production.uuid, made=made, by=by)


def plan(production, starts_at, ends_at, *, by, seen=None):
    """Move it as a page does that shows it as it is in Odoo."""
    seen = seen or Plan(production.starts_at, production.ends_at)
    return plan_production(
        key=production.uuid, starts_at=starts_at, ends_at=ends_at, seen=seen, by=by
    )


def awaited_by_a_stop(run, **values):
    """Return what is made for a delivery that is on this run."""
    stop = StopFactory(
        run=run, job=JobFactory(state=Job.State.SCHEDULED), position=run.stops.count()
    )
    line = SaleOrderLineFactory(order=stop.job.order)
    return ManufacturingOrderFactory(order_line=line, **values)


def address(production, what):
    return reverse(f"scheduling:production-{what}", args=[production.uuid])


def post(browser, production, what, **fields):
    """Send a form of the card; ``headers=None`` is a browser without JavaScript."""
    headers = fields.pop("headers", PARTIAL)
    return browser.post(address(production, what), fields, headers=headers or {})


def moved(browser, production, starts_at, ends_at, **fields):
    """Send the form that moves it: clocks as the page shows them."""
    seen = {
        "seen_starts_at": production.starts_at.isoformat() if production.starts_at else "",
        "seen_ends_at": production.ends_at.isoformat() if production.ends_at else "",
    }
    times = {"starts_at": starts_at, "ends_at": ends_at}
    return post(browser, production, "plan", **{**seen, **times, **fields})


def gone(production):
    ManufacturingOrder.objects.filter(pk=production.pk).delete()
