"""``python -m bench.drivers``: all drivers come back into signal at once.

Each has done fifty things at five stops, and sends them over HTTP to the portal as it runs. The
slowest request is compared with the median of the same run; what was sent must be there once.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.pairs import Ratio, report
from portal.testing.own_database import portal_database

DRIVERS, STOPS, ACTS = 200, 5, 50
AT_ONCE = 16  # requests
OF_A_STOP = ("ON_MY_WAY", "ARRIVED", *("NOTED",) * 6, "DELIVERED", "COLLECTED")
MOST_SLOWEST = 5  # medians
MOST_REQUESTS = 6  # for 200 acts


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    logging.disable(logging.CRITICAL)
    with portal_database("bench"):
        from bench.live import running_portal  # noqa: PLC0415 - Django must be set up

        phones = [phone_of(number) for number in range(DRIVERS)]
        with running_portal("web") as portal:
            began = time.perf_counter()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                taken = list(pool.map(lambda phone: send(portal.url, phone), phones))
            seconds = time.perf_counter() - began
        check()
    middle, slowest = statistics.median(taken), max(taken)
    figures: dict[str, object] = {
        "drivers": DRIVERS,
        "acts of each": ACTS,
        "s, all of it": f"{seconds:.1f}",
        "acts a second": f"{DRIVERS * ACTS / seconds:.0f}",
        "ms, a request of 50 acts": f"{1000 * middle:.0f}",
        "ms, the slowest": f"{1000 * slowest:.0f}",
    }
    from drivers.forms.acts import MOST_ACTS  # noqa: PLC0415 - Django must be set up

    ratios = [
        Ratio("slowest request / median", [slowest / middle], MOST_SLOWEST, most=True),
        Ratio("requests for 200 acts", [-(-200 // MOST_ACTS)], MOST_REQUESTS, most=True),
    ]
    return report("drivers", figures, ratios)


def phone_of(number: int) -> dict[str, Any]:
    """Make a driver with a run of so many stops; return what the phone sends, and its session."""
    from django.conf import settings  # noqa: PLC0415 - Django must be set up
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from drivers.selectors.claims import claim_of  # noqa: PLC0415
    from portal.testing.yard import RunFactory, StopFactory  # noqa: PLC0415

    run, known = RunFactory(), {"customer_odoo_id": 7, "currency_odoo_id": 1}
    about = {f"job__picking__order__{name}": value for name, value in known.items()}
    stops = [StopFactory(run=run, position=at, **about) for at in range(STOPS)]
    driver = run.driver.user
    now = timezone.now().isoformat()
    acts: list[dict[str, Any]] = []
    for stop in stops:
        after, claim = None, claim_of(stop, driver_id=driver.pk)
        for what in OF_A_STOP:
            act = {"id": str(uuid.uuid4()), "n": len(acts) + 1, "after": after, "what": what}
            about_it = {"run": str(run.uuid), "stop": str(stop.uuid), "claim": claim, "at": now}
            acts.append({**act, **about_it, "details": details_of(what)})
            after = act["id"]
    assert len(acts) == ACTS
    browser = Client()
    browser.force_login(driver)
    return {
        "session": browser.cookies[settings.SESSION_COOKIE_NAME].value,
        "body": {"driver": driver.pk, "phone": str(uuid.uuid4()), "sent_at": now, "acts": acts},
    }


def details_of(what: str) -> dict[str, str]:
    """Return what an act says."""
    if what == "NOTED":
        return {"text": "Behind the barn, the gate was open."}
    cash = {"method": "CASH", "amount": "412.00", "number": "", "reason": ""}
    return cash if what == "COLLECTED" else {}


def send(url: str, phone: dict[str, Any]) -> float:
    """Send all acts of a phone in one request; return the seconds that it took."""
    import requests  # noqa: PLC0415 - with Django's settings

    with requests.Session() as session:
        session.cookies.set("session", phone["session"])
        token = session.get(f"{url}/driver/day", timeout=60).json()["csrf"]
        began = time.perf_counter()
        answer = session.post(
            f"{url}/driver/acts", json=phone["body"], headers={"X-CSRFToken": token}, timeout=60
        )
        seconds = time.perf_counter() - began
    verdicts = [one["verdict"] for one in answer.json()["answers"]]
    assert verdicts == ["APPLIED"] * ACTS, verdicts
    return seconds


def check() -> None:
    """Assert that all is there, once."""
    from drivers.models import Collection, StopAction  # noqa: PLC0415 - Django must be set up
    from odoo_bridge.models import OutboxEntry  # noqa: PLC0415

    assert StopAction.objects.count() == DRIVERS * ACTS
    assert Collection.objects.count() == DRIVERS * STOPS
    assert OutboxEntry.objects.filter(command="CompleteDelivery").count() == DRIVERS * STOPS


if __name__ == "__main__":
    sys.exit(main())
