"""The main job as it stands today, on the running portal: from a text to the dispatch board.

Real processes, a real broker, a real Odoo behind the faulty proxy, a real browser. What is
asserted is what Odoo's own records say over its API, and what a page shows without being reloaded.
"""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import requests
from cryptography.fernet import Fernet
from django.db import connection
from playwright.sync_api import expect

from crm_intake.models import OutgoingText, WebhookDelivery
from crm_intake.selectors.consent import SAID_STOP
from crm_intake.services.send_text import send_text
from crm_intake.tests.conftest import NEW_KEY, new_headers, payload
from odoo_bridge.client import Kind
from portal.accounts.models import Role
from portal.local.faulty_proxy import FaultyProxy
from portal.local.paths import ROOT
from portal.local.ports import free_port
from portal.tests.story.running import RunningPortal, within

pytestmark = [
    pytest.mark.odoo,
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "six trucks before dawn"
OWNER = 2
LEAD_IN_TIME = 5  # seconds, from the provider's post to the lead in Odoo
BY_SWEEP = 20  # seconds, when nothing rings the bell: a sweep is due every five


@pytest.fixture
def proxy(provisioned_odoo):
    with FaultyProxy(provisioned_odoo.url) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def static_files(tmp_path_factory):
    """Collect the static files once, where no running portal looks for its own."""
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.base",
            "SECRET_KEY": "only-to-collect-the-static-files-of-the-tests-abcdefghij",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "PUBLIC_URL": "http://127.0.0.1",
            "DEPLOYMENT": "test",
            "STATIC_ROOT": str(folder),
        },
        check=True,
    )
    return folder


@pytest.fixture
def portal(odoo_access, provisioned_odoo, proxy, settings, static_files, tmp_path: Path):
    """The portal, running on this test's databases, with a broker of its own."""
    db, port = connection.settings_dict, free_port()
    broker = settings.CELERY_BROKER_URL.rsplit("/", 1)[0] + "/9"
    running = RunningPortal(
        folder=tmp_path,
        port=port,
        env={
            "DJANGO_SETTINGS_MODULE": "portal.settings.base",
            "DEPLOYMENT": "test",
            "SECRET_KEY": settings.SECRET_KEY,
            "ENCRYPTION_KEYS": ",".join(settings.ENCRYPTION_KEYS),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": f"postgresql://{db['USER']}@{db['HOST']}:{db['PORT']}/{db['NAME']}",
            "REDIS_URL": broker,
            "STATIC_ROOT": str(static_files),
            "EMAIL_URL": f"filemail://{tmp_path / 'mail'}",
            "ODOO_URL": proxy.url,
            "ODOO_DB": provisioned_odoo.database,
            "ODOO_API_KEY": "",
            "ODOO_POLL_SECONDS": "2",
            "ODOO_WRITE_TIMEOUT": "3",
            "OUTBOX_LEASE_SECONDS": "5",
            "OUTBOX_MAX_INFLIGHT_SECONDS": "5",
            "OUTBOX_PROBE_SECONDS": "1",
            "QUO_WEBHOOK_KEY": NEW_KEY,
            "DEFAULT_LEAD_OWNER_ID": str(OWNER),
        },
    )
    running.flush_broker()
    running.start()
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


@pytest.fixture
def office(portal, browser, person, settings):
    """The office's browser, signed in on the board."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # as it runs
    somebody = person(Role.OFFICE)
    somebody.set_password(PASSWORD)
    somebody.save()
    context = browser.new_context(base_url=portal.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/board/")
    page.get_by_label("Email").fill(somebody.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Board")).to_be_visible()
    yield page
    context.close()


@pytest.fixture
def bot(provisioned_odoo):
    """The portal's own user in Odoo, past the proxy."""
    return provisioned_odoo.bot()


@pytest.fixture
def quo(portal):
    """Let Quo post: ``quo(body)``, always answered 204."""

    def post(body, *, delivery_id=None):
        headers = new_headers(body, delivery_id=delivery_id or str(uuid.uuid4()))
        answer = requests.post(f"{portal.url}/webhook/quo", data=body, headers=headers, timeout=10)
        assert answer.status_code == 204
        return answer

    return post


def text_of(words, *, sender="+16065550123"):
    """Return a new text as Quo posts it."""
    body = json.loads(payload("message_2026"))
    body["data"]["resource"] |= {"id": f"AC{uuid.uuid4().hex}", "text": words}
    body["data"]["context"]["senderIdentifier"] = sender
    return json.dumps(body).encode()


def leads_saying(bot, words):
    """Return the leads in Odoo whose description holds these words."""
    return bot.call(
        "crm.lead",
        "search_read",
        kind=Kind.READ,
        domain=[["description", "ilike", words]],
        fields=["phone", "user_id", "description"],
        load=None,
    )


def words():
    """Return a text that nobody has sent before."""
    return f"2 cords oak, {uuid.uuid4().hex}?"


def test_a_text_is_a_lead_in_odoo_within_seconds_and_once(office, quo, bot):
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


def test_a_missed_call_is_a_lead_in_odoo(portal, quo, bot):
    body = json.loads(payload("call_2026"))
    body["data"]["resource"]["id"] = f"AC{uuid.uuid4().hex}"
    caller = f"+1606555{uuid.uuid4().int % 10000:04}"
    body["data"]["context"]["participants"]["external"] = [caller]

    quo(json.dumps(body).encode())

    domain = [["phone", "=", caller]]
    count = lambda: bot.call("crm.lead", "search_count", kind=Kind.READ, domain=domain)  # noqa: E731
    assert within(LEAD_IN_TIME, count) == 1


def test_whoever_says_stop_gets_no_text_from_that_moment(portal, quo):
    quo(text_of("Stop."))

    text = send_text(
        number="+16065550123", text="On our way.", purpose=OutgoingText.Purpose.DELIVERY, by=None
    )

    assert (text.state, text.rule) == ("REFUSED", SAID_STOP)


def test_an_order_confirmed_in_odoo_appears_on_the_board_by_itself(office, bot, provisioned_odoo):
    admin = provisioned_odoo.client()
    name = f"Maria {uuid.uuid4().hex[:8]}"
    [customer] = admin.call(
        "res.partner",
        "create",
        kind=Kind.WRITE,
        vals_list=[{"name": name, "street": "118 Hickory Rd", "city": "Ashland", "zip": "41101"}],
    )
    [product] = admin.call(
        "product.product",
        "create",
        kind=Kind.WRITE,
        vals_list=[{"name": "Oak, seasoned", "type": "consu", "list_price": 206, "taxes_id": []}],
    )
    line = {"product_id": product, "product_uom_qty": 2}
    [order] = admin.call(
        "sale.order",
        "create",
        kind=Kind.WRITE,
        vals_list=[{"partner_id": customer, "order_line": [[0, 0, line]]}],
    )

    admin.call("sale.order", "action_confirm", kind=Kind.WRITE_RECORDS, ids=[order])

    card = office.get_by_role("listitem").filter(has_text=name)
    expect(card).to_be_visible(timeout=30_000)
    for shown in ("2 Units Oak, seasoned", "118 Hickory Rd, Ashland", "412.00"):
        expect(card).to_contain_text(shown)


def test_a_flushed_broker_and_a_killed_worker_lose_nothing(portal, quo, bot):
    first, second = words(), words()
    portal.kill("worker")
    quo(text_of(first))
    portal.flush_broker()
    quo(text_of(second))
    portal.flush_broker()

    portal.start("worker")

    assert len(within(BY_SWEEP, lambda: leads_saying(bot, first))) == 1
    assert len(within(BY_SWEEP, lambda: leads_saying(bot, second))) == 1


def test_ten_seconds_without_odoo_show_a_banner_and_lose_nothing(office, quo, bot, proxy, portal):
    said = words()
    proxy.down()
    quo(text_of(said))
    expect(office.get_by_text("Odoo unreachable since")).to_be_visible(timeout=30_000)
    office.wait_for_timeout(10_000)
    office.goto("/inbox/")
    expect(office.get_by_text(said)).to_be_visible()
    assert leads_saying(bot, said) == []

    proxy.up()

    assert len(within(2 * BY_SWEEP, lambda: leads_saying(bot, said))) == 1
    expect(office.get_by_text("Odoo unreachable since")).to_be_hidden(timeout=30_000)


def test_no_log_holds_a_number_the_words_of_a_text_or_a_secret(
    portal, quo, bot, settings, provisioned_odoo
):
    said = words()
    quo(text_of(said))
    within(LEAD_IN_TIME, lambda: leads_saying(bot, said))

    logs = portal.logs()

    assert '"event"' in logs
    for secret in (said, "6065550123", provisioned_odoo.bot_key, settings.SECRET_KEY, NEW_KEY):
        assert secret not in logs
