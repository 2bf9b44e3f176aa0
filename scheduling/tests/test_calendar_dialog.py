"""An entry of the calendar: looked at by each role, fixed, gone, and its form."""

import uuid

import pytest
from django.utils import timezone

from portal.accounts.models import Role
from portal.testing.productions import (
    ManufacturingOrderFactory,
    WorkCenterFactory,
)
from portal.testing.yard import JobFactory
from scheduling.models import Stop
from scheduling.tests.conftest import PARTIAL
from scheduling.tests.making import on_the_clock
from scheduling.tests.planning import DAY, NEXT, address, at, delivery, only, receipt, send, told

pytestmark = pytest.mark.django_db


def test_an_entry_is_looked_at_with_its_form_its_steps_and_its_page(office):
    stop, order = delivery(), receipt()
    made = ManufacturingOrderFactory(starts_at=at(8), at=[WorkCenterFactory(name="Kiln")])
    shown = {
        kind: office.get(address(kind, key, "entry")).text
        for kind, key in (
            ("delivery", stop.job_id),
            ("production", made.uuid),
            ("receipt", order.uuid),
        )
    }

    assert f'href="/board/?day={DAY}#card-{stop.job_id}"' in shown["delivery"]
    assert 'name="truck"' in shown["delivery"]
    assert "Kiln: Step" in shown["production"]
    assert f'value="{on_the_clock(made.starts_at)}"' in shown["production"]
    assert f'value="{DAY}"' in shown["receipt"]
    for text in shown.values():
        assert "hx-post" not in text.partition("<main")[2].partition("</main")[0]
    dialog = office.get(address("receipt", order.uuid, "entry"), headers=PARTIAL).text
    assert 'hx-post="/calendar/receipt/' in dialog
    assert "<!doctype" not in dialog


def test_the_director_looks_and_the_bench_moves_nothing_but_what_is_made(signed_in):
    stop = delivery()
    made = ManufacturingOrderFactory(starts_at=at(8))
    director, bench = signed_in(Role.DIRECTOR), signed_in(Role.PRODUCTION)

    looked = director.get(address("production", made.uuid, "entry")).text
    assert '<form class="fields"' not in looked
    assert "Open its page" in looked
    looked = bench.get(address("delivery", stop.job_id, "entry")).text
    assert '<form class="fields"' not in looked
    assert "Open its page" not in looked
    assert bench.post(address("delivery", stop.job_id), {"day": NEXT}).status_code == 403
    times = {"starts_at": f"{DAY}T09:00", "ends_at": f"{DAY}T12:00"}
    entry = told(bench)[f"production-{made.uuid}"]
    assert send(bench, entry, **times).status_code == 200


def test_what_is_fixed_says_why(office, dispatcher):
    stop = delivery()
    Stop.objects.update(locked_by=dispatcher)

    text = office.get(address("delivery", stop.job_id, "entry")).text
    entry = only(office)
    answer = send(office, entry, day=NEXT.isoformat())

    assert "Ann has locked it." in text
    assert '<form class="fields"' not in text
    assert not entry["editable"]
    assert answer.status_code == 422
    assert "locked" in answer.text


def test_what_is_not_on_the_calendar_is_not_found(office):
    waits, other = JobFactory(), delivery().job
    unknown = uuid.uuid4()
    unplanned = ManufacturingOrderFactory(starts_at=None, ends_at=None)
    for kind, key in (
        ("delivery", waits.pk),
        ("delivery", "x"),
        ("pickup", "9" * 19),
        ("production", "x"),
        ("production", unknown),
        ("production", unplanned.uuid),
        ("receipt", unknown),
        ("holiday", 1),
    ):
        assert office.get(address(kind, key, "entry")).status_code == 404
    seen = {"job": f"{waits.pk}:0", "truck": "", "day": DAY}
    assert office.post(address("delivery", other.pk), seen).status_code == 404


def test_what_is_gone_when_the_form_is_refused_is_shown_as_it_was(office, monkeypatch):
    order = receipt()
    entry = only(office)
    from scheduling.views import calendar_entry  # noqa: PLC0415 - what is replaced

    real = calendar_entry.one_entry
    answers = iter([real("receipt", str(order.uuid), now=timezone.now()), None])
    monkeypatch.setattr(calendar_entry, "one_entry", lambda *_args, **_kw: next(answers))

    answer = send(office, entry, day="x", in_dialog="True")

    assert answer.status_code == 422
    assert order.name in answer.text
