"""The breaker: opens for an Odoo that does not answer, and for nothing else."""

import datetime as dt

import pytest
from django.db import IntegrityError

from odoo_bridge import breaker
from odoo_bridge.client import (
    NotOurOdoo,
    OdooBroken,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OutcomeUnknown,
)
from odoo_bridge.models import Breaker

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("error", [OdooUnavailable, OutcomeUnknown])
def test_it_opens_after_a_few_failures_in_a_row(error):
    for n in range(breaker.OPENS_AFTER):
        assert breaker.may_call(after(n))
        breaker.note_failure(error("Odoo is down."), after(n))

    assert not breaker.may_call(after(breaker.OPENS_AFTER))
    assert str(Breaker.objects.get()) == "open"
    assert Breaker.objects.get().opened_at == after(breaker.OPENS_AFTER - 1)


@pytest.mark.parametrize("error", [OdooRejected, OdooBroken, OdooOverloaded])
def test_what_odoo_refuses_is_an_answer(error):
    for n in range(10):
        breaker.note_failure(error("No."), after(n))

    assert breaker.may_call(after(11))
    assert Breaker.objects.get().answered_at == after(9)


@pytest.mark.parametrize("error", [OdooUnauthorized, NotOurOdoo])
def test_what_only_a_person_can_mend_opens_it_at_once(error):
    breaker.note_failure(error("Invalid apikey"), NOON)

    assert not breaker.may_call(after(1))
    assert "Invalid apikey" in Breaker.objects.get().reason


def open_it():
    breaker.note_failure(OdooUnauthorized("Invalid apikey"), NOON)


def test_one_caller_gets_the_probe():
    open_it()

    assert breaker.may_call(after(5))
    assert not breaker.may_call(after(5))


def test_an_answer_closes_it():
    open_it()

    breaker.note_answer(after(5))

    kept = Breaker.objects.get()
    assert (str(kept), kept.failures, kept.reason) == ("closed", 0, "")
    assert breaker.may_call(after(5))


def test_it_stays_open_since_the_first_failure_and_probes_ever_more_rarely():
    open_it()
    for n in range(1, 20):
        breaker.note_failure(OdooUnavailable("Still down."), after(n))

    kept = Breaker.objects.get()
    assert kept.opened_at == NOON
    assert kept.probe_at == after(19) + breaker.LONGEST_PAUSE


def test_the_database_refuses_a_breaker_that_would_never_close():
    with pytest.raises(IntegrityError, match="an_open_breaker_has_a_next_probe"):
        Breaker.objects.create(pk=1, opened_at=NOON)
