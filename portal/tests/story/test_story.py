"""What the running portal promises, piece by piece; ``test_main_job.py`` tells it in one go.

Real processes, a real broker, a real Odoo behind the faulty proxy, a real browser. What is
asserted is what Odoo's own records say over its API, and what a page shows without being reloaded.
"""

import json
import uuid

import pytest
from playwright.sync_api import expect

from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import WebhookDelivery
from crm_intake.services.send_text import send_text
from crm_intake.tests.conftest import NEW_KEY, payload
from odoo_bridge.client import Kind
from portal.testing.running import within
from portal.tests.story.conftest import (
    BY_SWEEP,
    LEAD_IN_TIME,
    OUTAGE,
    OWNER,
    leads_saying,
    text_of,
    words,
)

pytestmark = [
    pytest.mark.odoo,
    pytest.mark.e2e,
    pytest.mark.timed,
    pytest.mark.django_db(transaction=True),
]


def test_what_comes_in_is_a_lead_in_odoo_and_no_log_tells_of_it(
    office, quo, bot, portal, settings, provisioned_odoo
):
    said = a_text_is_a_lead_within_seconds_and_once(office, quo, bot)
    caller = a_missed_call_is_a_lead(quo, bot)
    whoever_says_stop_gets_no_text_from_that_moment(quo)

    logs, secrets = portal.logs(), (provisioned_odoo.bot_key, settings.SECRET_KEY, NEW_KEY)
    assert '"event"' in logs
    assert not [one for one in (said, caller[1:], "6065550123", *secrets) if one in logs]


def test_nothing_is_lost_without_a_broker_a_worker_or_odoo(office, quo, bot, portal, proxy):
    a_flushed_broker_and_a_killed_worker_lose_nothing(portal, quo, bot)
    a_time_without_odoo_shows_a_banner_and_loses_nothing(office, quo, bot, proxy)


def a_text_is_a_lead_within_seconds_and_once(office, quo, bot):
    said, delivery = words(), str(uuid.uuid4())
    office.goto("/inbox/")
    body = text_of(said)
    quo(body, delivery_id=delivery)

    [lead] = within(LEAD_IN_TIME, lambda: leads_saying(bot, said))
    quo(body, delivery_id=delivery)
    quo(body)  # the same text over another subscription

    assert (lead["phone"], lead["user_id"]) == ("+16065550123", OWNER)
    expect(office.get_by_text(said)).to_be_visible()
    expect(office.get_by_text(f"lead {lead['id']} in Odoo")).to_be_visible(timeout=10_000)
    within(LEAD_IN_TIME, lambda: WebhookDelivery.objects.filter(state="DONE").count() == 2)
    assert len(leads_saying(bot, said)) == 1
    return said


def a_missed_call_is_a_lead(quo, bot):
    body = json.loads(payload("call_2026"))
    body["data"]["resource"]["id"] = f"AC{uuid.uuid4().hex}"
    caller = f"+1606555{uuid.uuid4().int % 10000:04}"
    body["data"]["context"]["participants"]["external"] = [caller]

    quo(json.dumps(body).encode())

    domain = [["phone", "=", caller]]
    count = lambda: bot.call("crm.lead", "search_count", kind=Kind.READ, domain=domain)  # noqa: E731
    assert within(LEAD_IN_TIME, count) == 1
    return caller


def whoever_says_stop_gets_no_text_from_that_moment(quo):
    quo(text_of("Stop."))

    text = send_text(number="+16065550123", text="On our way.", purpose=Purpose.DELIVERY, by=None)

    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)


def a_flushed_broker_and_a_killed_worker_lose_nothing(portal, quo, bot):
    first, second = words(), words()
    portal.kill("worker")
    quo(text_of(first))
    portal.flush_broker()
    quo(text_of(second))
    portal.flush_broker()

    portal.start("worker")

    assert len(within(BY_SWEEP, lambda: leads_saying(bot, first))) == 1
    assert len(within(BY_SWEEP, lambda: leads_saying(bot, second))) == 1


def a_time_without_odoo_shows_a_banner_and_loses_nothing(office, quo, bot, proxy):
    said = words()
    proxy.down()
    quo(text_of(said))
    expect(office.get_by_text("Odoo unreachable since")).to_be_visible(timeout=30_000)
    office.wait_for_timeout(OUTAGE)
    office.goto("/inbox/")
    expect(office.get_by_text(said)).to_be_visible()
    assert leads_saying(bot, said) == []

    proxy.up()

    assert len(within(2 * BY_SWEEP, lambda: leads_saying(bot, said))) == 1
    expect(office.get_by_text("Odoo unreachable since")).to_be_hidden(timeout=30_000)
