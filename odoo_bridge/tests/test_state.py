"""What pages say about Odoo, without ever asking it."""

import datetime as dt

import pytest
from django.utils import timezone

from odoo_bridge import breaker
from odoo_bridge.client import NotOurOdoo, OdooUnauthorized, OdooUnavailable
from odoo_bridge.models import Breaker
from odoo_bridge.selectors.access import default_client
from odoo_bridge.selectors.state import odoo_state
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.office.selectors.dependencies import dependencies
from portal.testing.mirrors import OdooAccessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def connected(settings):
    """A portal with an Odoo and a key that provisioning kept."""
    settings.ODOO_URL, settings.ODOO_DB = "http://odoo.test", "odoo"
    return OdooAccessFactory(instance="abc123")


def chip(signed_in):
    return signed_in(Role.OFFICE).get("/sync/state").text


def test_a_portal_without_odoo_says_so(signed_in, settings):
    settings.ODOO_URL = ""

    assert odoo_state() is None
    assert default_client() is None
    assert "works without Odoo" in chip(signed_in)


def test_before_provisioning_there_is_no_key(signed_in, settings):
    settings.ODOO_URL = "http://odoo.test"

    assert default_client() is None
    assert "Odoo is not connected" in chip(signed_in)


def test_the_key_that_provisioning_kept_is_used_and_shown_nowhere(connected, signed_in):
    client = default_client()

    assert client.api_key == "key-of-the-bot"
    assert str(connected) == "instance abc123"
    assert "key-of-the-bot" not in repr(client) + chip(signed_in)


def test_a_key_in_the_environment_wins(connected, settings):
    settings.ODOO_API_KEY = "key-of-the-environment"

    assert default_client().api_key == "key-of-the-environment"


def test_the_chip_says_when_odoo_last_answered(connected, signed_in):
    breaker.note_answer(timezone.now())

    assert odoo_state().in_words == "Answers."
    assert "● Odoo, " in chip(signed_in)


def unreachable():
    """Let Odoo not answer until the breaker opens."""
    for _ in range(breaker.OPENS_AFTER):
        breaker.note_failure(OdooUnavailable("No answer"), timezone.now())


@pytest.mark.parametrize(
    ("given", "which", "renew"),
    [
        ("", "that the portal keeps (Invalid apikey).", "Run manage.py odoo_provision"),
        ("k", "in ODOO_API_KEY (Invalid apikey).", "Put a new one there"),
    ],
)
def test_a_refused_key_is_named_with_where_to_renew_it(
    connected, signed_in, settings, given, which, renew
):
    settings.ODOO_API_KEY = given
    breaker.note_failure(OdooUnauthorized("Invalid apikey"), timezone.now())

    said = odoo_state().in_words
    assert said.startswith(f"Odoo refuses the key {which} {renew}")
    assert f"{said} Your changes are kept: 0 so far." in chip(signed_in)


def test_the_banner_says_since_when_odoo_is_unreachable(connected, signed_in):
    unreachable()

    assert odoo_state().in_words == "Not reachable: No answer"
    assert "Odoo unreachable since " in chip(signed_in)
    assert "your changes are kept: 0 so far" in chip(signed_in)


def test_the_banner_says_how_many_changes_are_kept_and_follows_them(connected, signed_in):
    unreachable()
    Breaker.objects.update(opened_at=dt.datetime(2026, 1, 2, 15, 4, tzinfo=dt.UTC))
    for _ in range(2):
        promise_lead(title="T", text="", phone="")

    shown = chip(signed_in)

    assert "Odoo unreachable since 2 Jan 10:04, your changes are kept: 2 so far" in shown
    assert "changed:sync from:body" in shown


def test_the_banner_about_another_odoo_counts_too(connected, signed_in):
    breaker.note_failure(NotOurOdoo(NotOurOdoo.REASON), timezone.now())
    promise_lead(title="T", text="", phone="")

    assert f"{NotOurOdoo.REASON} Your changes are kept: 1 so far." in chip(signed_in)


def test_nobody_asking_odoo_is_not_taken_for_health(connected, signed_in):
    assert odoo_state().in_words == "Not heard from yet."
    breaker.note_answer(timezone.now() - dt.timedelta(minutes=5))

    assert odoo_state().in_words == "No worker has asked it for a while."
    assert "Odoo not asked for a while" in chip(signed_in)


def test_health_tells_of_odoo_and_pages_are_served_without_it(connected):
    breaker.note_failure(OdooUnauthorized("Invalid apikey"), timezone.now())

    odoo = next(one for one in dependencies() if one.name == "odoo")

    assert (odoo.ok, odoo.needed) == (False, False)
