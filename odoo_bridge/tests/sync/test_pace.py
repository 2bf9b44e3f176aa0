"""Pages are asked for politely, or ahead of their storing."""

import threading

from django.utils import timezone

from odoo_bridge.client.paging import PAGE
from odoo_bridge.sync import pace
from odoo_bridge.sync.pace import Page, ahead, politely, timed

NOW = timezone.now()


def test_after_a_full_page_odoo_has_as_long_a_pause_as_it_worked(monkeypatch):
    pauses, clock = [], iter([0.0, 0.5, 1.0, 1.25, 2.0])
    monkeypatch.setattr(pace.time, "sleep", pauses.append)
    monkeypatch.setattr(pace.time, "monotonic", lambda: next(clock))
    full, last = Page([{}] * PAGE, NOW), Page([{}], NOW)

    assert list(politely(iter([full, last]))) == [full, last]

    assert pauses == [0.5]


def test_each_page_has_a_moment_before_its_own_reading():
    read = []

    def pages():
        for number in range(2):
            read.append(timezone.now())
            yield [{"id": number}]

    found = list(timed(pages()))

    assert [page.rows for page in found] == [[{"id": 0}], [{"id": 1}]]
    assert found[0].read_at <= read[0] <= found[1].read_at <= read[1]


def test_the_next_page_is_asked_for_while_this_one_is_stored():
    asked = threading.Event()

    def pages():
        yield Page([{"id": 1}], NOW)
        asked.set()
        yield Page([{"id": 2}], NOW)

    found = ahead(pages())

    assert next(found).rows == [{"id": 1}]
    assert asked.wait(5)
    assert [page.rows for page in found] == [[{"id": 2}]]
