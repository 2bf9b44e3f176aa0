"""What waits on a phone when a newer page changes what the phone keeps it in."""

import uuid

import pytest
from django.utils import timezone

from drivers.models import StopAction
from drivers.selectors.claims import claim_of
from portal.tests.e2e.driver import all_is_sent

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
VERSION_1 = """
async ([driver, acts]) => {
  const asked = indexedDB.open("driver", 1);
  asked.onupgradeneeded = () => {
    const db = asked.result;
    db.createObjectStore("days");
    const kept = db.createObjectStore("acts", { keyPath: "id" });
    kept.createIndex("count", ["driver", "n"], { unique: true });
    kept.createIndex("open", ["driver", "verdict"]);
    db.createObjectStore("files", { keyPath: "id" }).createIndex("open", ["driver", "sent"]);
    db.createObjectStore("about").put(driver, "driver");
    acts.forEach((act) => kept.add(act));
  };
  await new Promise((done, fail) => Object.assign(asked, { onsuccess: done, onerror: fail }));
  asked.result.close();
}
"""
INDEXES = """
async () => {
  const asked = indexedDB.open("driver");
  await new Promise((done) => { asked.onsuccess = done; });
  const names = [...asked.result.transaction("acts").objectStore("acts").indexNames];
  const version = asked.result.version;
  asked.result.close();
  return [version, names];
}
"""
NEWER = """
() => new Promise((done) => { indexedDB.open("driver", 99).onupgradeneeded = () => done(); })
"""


def acts_of(stop):
    """Return acts as the first version of the page kept them, not sent yet."""
    driver, now = stop.run.driver.user_id, timezone.now().isoformat()
    return [
        {
            "id": str(uuid.uuid4()),
            "driver": driver,
            "n": number,
            "what": what,
            "run": str(stop.run.uuid),
            "stop": str(stop.uuid),
            "claim": claim_of(stop, driver_id=driver),
            "at": now,
            "details": {},
            "verdict": "",
            "words": "",
            "about": "A. Whitfield",
        }
        for number, what in enumerate(("ON_MY_WAY", "ARRIVED"), start=1)
    ]


def test_what_the_version_before_kept_is_sent(phone, stops):
    acts = acts_of(stops[0])
    page = phone(before=lambda page: page.evaluate(VERSION_1, [acts[0]["driver"], acts]))

    all_is_sent(page)
    sent = StopAction.objects.order_by("number").values_list("submission_id", flat=True)
    assert [str(one) for one in sent] == [act["id"] for act in acts]
    assert page.evaluate(INDEXES) == [2, ["count"]]


def test_an_old_page_gives_way_to_a_newer_one(phone, stops):
    page = phone()
    newer = page.context.new_page()
    newer.goto("/health")

    with page.expect_navigation():  # fails where it is not opened anew
        newer.evaluate(NEWER)
