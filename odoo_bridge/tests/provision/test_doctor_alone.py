"""The doctor without a real Odoo: none is named, nobody answers, or a stranger does."""

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import OdooUnavailable
from odoo_bridge.client.greeting import Greeting, greet
from odoo_bridge.models import Breaker, HintHearing, OutboxEntry, PollCursor, RefusedHints
from odoo_bridge.provision.doctor.connection import Heard, clock_finding, reachable_finding
from odoo_bridge.provision.doctor.examine import asked
from odoo_bridge.provision.doctor.finding import Level
from odoo_bridge.provision.doctor.mirrors import mirror_finding
from odoo_bridge.provision.doctor.rights import batches_finding
from odoo_bridge.sample import SAMPLE_FROM
from odoo_bridge.services.keep_hint_secret import keep_hints_since
from odoo_bridge.services.note_hint import note_refused_hint
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.sync.specs import PARTNER, SALE_ORDER
from odoo_bridge.tests.client.canned import in_json
from odoo_bridge.tests.provision.listening import greeting_with
from portal.testing.mirrors import OdooAccessFactory, PartnerFactory, SaleOrderFactory

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:1"
NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def found(doctor):
    """Examine, and return the findings by what they are about."""
    return lambda: {one["about"]: one for one in doctor()}


@pytest.fixture
def down(settings):
    """A portal that was provisioned, and whose Odoo is down."""
    settings.ODOO_URL, settings.ODOO_DB, settings.ODOO_API_KEY = NOBODY, "odoo", ""
    return OdooAccessFactory()


def test_without_an_odoo_it_says_what_to_set(settings, found):
    settings.ODOO_URL = ""

    said = found()

    assert said["Settings"]["level"] == Level.BROKEN
    assert "must set ODOO_URL and ODOO_DB" in said["Settings"]["advice"]
    assert set(said) == {"Settings", "Outbox"}


def test_sample_data_is_no_illness_but_beside_an_odoo_it_is(settings, found):
    PartnerFactory(odoo_id=SAMPLE_FROM)
    settings.ODOO_URL = ""
    assert found()["Settings"]["level"] == Level.ATTENTION

    settings.ODOO_URL, settings.ODOO_DB = NOBODY, "odoo"

    assert found()["Settings"]["level"] == Level.BROKEN


def test_an_odoo_that_is_down_leaves_the_rest_examined(down, found):
    said = found()

    assert said["Odoo answers"]["says"] == "There is no connection to Odoo."
    assert said["Clocks"]["level"] == Level.ATTENTION
    assert said["Key"]["says"].startswith("Odoo does not say whether it takes the key")
    assert said["Key's end"]["level"] == Level.OK
    assert said["Mirror Partner"]["says"] == "It was never read to the end."
    assert said["Outbox"]["says"] == "Nothing waits."


def test_a_key_that_cannot_be_read_or_sent_is_named(down, settings, found):
    settings.ODOO_API_KEY = "two words"
    assert "has a character that no key has" in found()["Key"]["says"]

    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    assert "ENCRYPTION_KEYS lacks" in found()["Key"]["says"]


def test_an_odoo_that_breaks_off_is_a_finding():
    def look():
        raise OdooUnavailable("It went down.", "res.users.read")

    found = asked("Rights", look)

    assert (found.level, found.says) == (
        Level.BROKEN,
        "Odoo broke off at res.users.read: It went down.",
    )


def greeted(**values):
    values = {"is_well": True, "version": "19.0", "at": NOW, "seconds": 0.01, **values}
    return Heard(Greeting(**values), NOW)


@pytest.mark.parametrize(
    ("values", "level", "says"),
    [
        ({}, Level.OK, "Odoo 19.0; it answered in 10 ms."),
        ({"version": ""}, Level.OK, "Odoo does not tell its version; it answered in 10 ms."),
        ({"seconds": 3}, Level.ATTENTION, "Odoo 19.0; it answered in 3000 ms."),
        ({"version": "16.0"}, Level.BROKEN, "Odoo 16.0 is too old."),
        ({"is_well": False}, Level.BROKEN, "Somebody answers, but does not say that Odoo is well."),
    ],
)
def test_who_answers_is_looked_at(values, level, says):
    found = reachable_finding(greeted(**values))

    assert (found.level, found.says) == (level, says)


@pytest.mark.parametrize(
    ("at", "level"),
    [
        (NOW, Level.OK),
        (NOW + dt.timedelta(seconds=40), Level.ATTENTION),
        (NOW - dt.timedelta(seconds=40), Level.ATTENTION),
        (None, Level.ATTENTION),
    ],
)
def test_clocks_that_differ_are_told(at, level):
    assert clock_finding(greeted(at=at)).level is level


def test_a_greeting_is_read_as_far_as_it_goes():
    with greeting_with(b'{"status": "pass"}', "Fri, 01 May 2026 12:00:00 GMT") as url:
        greeting = greet(url)
    assert (greeting.is_well, greeting.version, greeting.at) == (True, "", NOW)

    for body in (b"<html>", b"[1]"):
        with greeting_with(body, "noon") as url:
            greeting = greet(url)
        assert (greeting.is_well, greeting.at) == (False, None)


def test_a_connection_that_is_cut_is_no_greeting():
    with greeting_with(None) as url, pytest.raises(OdooUnavailable) as caught:
        greet(url)

    assert caught.value.reason == "The connection to Odoo was lost."


def test_batches_that_are_not_there_are_no_illness(server, client):
    gone = {"name": "werkzeug.exceptions.NotFound", "message": "the model does not exist"}
    server.will_answer(in_json(gone, 404))

    known, unknown = (OdooAccessFactory.build(has_fleet_batches=value) for value in (False, True))

    assert batches_finding(client, known).says == (
        "They are not there; runs are planned without them."
    )
    assert "Odoo has them no more." in batches_finding(client, unknown).says


def test_webhooks_are_judged_by_what_was_heard(down, found):
    keep_hints_since(now=timezone.now())
    assert found()["Webhooks heard"]["says"] == "None yet."

    moment = timezone.now()
    HintHearing.objects.create(odoo_model="crm.lead", heard=2, heard_at=moment)
    HintHearing.objects.create(odoo_model="sale.order", missed=3, missed_at=moment)
    note_refused_hint(now=moment)

    said = found()
    assert said["Webhooks heard"]["says"] == f"Last (UTC): crm.lead {moment:%Y-%m-%d %H:%M}."
    assert "sale.order (3 in all)" in said["Webhooks missed"]["says"]
    assert said["Webhooks refused"]["says"].startswith("1 posts with a wrong secret")
    levels = {said[name]["level"] for name in ("Webhooks missed", "Webhooks refused")}
    assert levels == {Level.ATTENTION}

    HintHearing.objects.update(missed_at=moment - dt.timedelta(days=2))
    RefusedHints.objects.update(refused_at=moment - dt.timedelta(days=2))
    said = found()
    assert said["Webhooks missed"]["level"] == said["Webhooks refused"]["level"] == Level.OK


def test_a_mirror_tells_its_age_its_number_and_what_waits():
    SaleOrderFactory(customer=None, customer_odoo_id=77)
    cursor = PollCursor(mirror="SaleOrder", finished_at=NOW - dt.timedelta(seconds=9))

    found = mirror_finding(SALE_ORDER, cursor, NOW)

    assert found.level is Level.OK
    assert found.says == "1 records, read 9 s ago, 1 wait for what they refer to."
    late = mirror_finding(SALE_ORDER, cursor, NOW + dt.timedelta(hours=1))
    assert late.level is Level.ATTENTION
    cursor.trouble = "You are not allowed."
    assert mirror_finding(SALE_ORDER, cursor, NOW).level is Level.BROKEN
    fresh = PollCursor(mirror="Partner", finished_at=NOW)
    assert mirror_finding(PARTNER, fresh, NOW).says == "0 records, read 0 s ago."


@pytest.mark.parametrize(
    ("state", "age", "level"),
    [
        (OutboxEntry.State.QUEUED, dt.timedelta(0), Level.OK),
        (OutboxEntry.State.UNKNOWN, dt.timedelta(minutes=11), Level.ATTENTION),
        (OutboxEntry.State.PARKED, dt.timedelta(0), Level.ATTENTION),
    ],
)
def test_what_waits_for_odoo_is_told(down, found, state, age, level):
    promise_lead(title="T", text="", phone="")
    OutboxEntry.objects.update(state=state, created_at=timezone.now() - age)

    assert found()["Outbox"]["level"] == level


def test_what_the_workers_saw_is_told(down, found, settings):
    assert found()["Workers and Odoo"]["level"] == Level.ATTENTION

    breaker.note_answer(timezone.now())
    assert found()["Workers and Odoo"]["level"] == Level.OK

    for _ in range(breaker.OPENS_AFTER):
        breaker.note_failure(OdooUnavailable("Gone."), timezone.now())
    assert found()["Workers and Odoo"]["says"] == "Not reachable: Gone."

    Breaker.objects.update(held_at=timezone.now())
    assert "Odoo has gone back in time" in found()["Workers and Odoo"]["says"]


def test_without_a_key_the_workers_ask_nobody(settings, found):
    settings.ODOO_URL, settings.ODOO_DB, settings.ODOO_API_KEY = NOBODY, "odoo", ""

    assert found()["Workers and Odoo"]["says"] == "The workers ask no Odoo."


def test_for_people_each_finding_is_a_line(settings, capsys):
    settings.ODOO_URL = ""

    with pytest.raises(SystemExit):
        call_command("odoo_doctor")

    assert capsys.readouterr().out.splitlines()[0] == "broken    Settings: No Odoo is named."
