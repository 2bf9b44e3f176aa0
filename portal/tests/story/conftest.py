"""The portal as it runs, for the stories: real processes, a real Odoo behind the faulty proxy."""

import json
import os
import uuid

import pytest
import requests
from django.db import connection

from crm_intake.models import IntakeRules
from crm_intake.tests.conftest import NEW_KEY, new_headers, payload
from odoo_bridge.client import Kind
from portal.accounts.models import Role
from portal.local.faulty_proxy import FaultyProxy
from portal.local.ports import free_port
from portal.testing.running import RunningPortal
from portal.testing.static import collect_static

PASSWORD = "six trucks before dawn"
OWNER = 2
LEAD_IN_TIME = 5  # seconds, from the provider's post to the lead in Odoo
BY_SWEEP = 20  # seconds, when nothing rings the bell: a sweep is due every five
FIRST_BROKER = 9
DESK = {"width": 1440, "height": 900}
OUTAGE = 1000 * int(os.environ.get("STORY_OUTAGE_SECONDS", "10"))  # ms; a minute in `make chaos`


@pytest.fixture
def proxy(provisioned_odoo):
    with FaultyProxy(provisioned_odoo.url) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def static_files(tmp_path_factory):
    """Collect the static files once, where no running portal looks for its own."""
    folder = tmp_path_factory.mktemp("static")
    collect_static(folder)
    return folder


@pytest.fixture
def more_env():
    """Settings in which a story's portal differs from that of the others."""
    return {}


@pytest.fixture
def broker(settings, worker_id):
    """The address of a broker that no other test process listens to."""
    place = FIRST_BROKER + int(worker_id.removeprefix("gw").removeprefix("master") or 0)
    return f"{settings.CELERY_BROKER_URL.rsplit('/', 1)[0]}/{place}"


@pytest.fixture
def portal(
    odoo_access, provisioned_odoo, proxy, settings, broker, static_files, more_env, tmp_path
):
    """The portal, running on this test's databases, with a broker of its own."""
    db, port = connection.settings_dict, free_port()
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
            "ODOO_READ_TIMEOUT": "5",  # a killed worker's mirrors are free 15 s later
            "ODOO_WRITE_TIMEOUT": "3",
            "OUTBOX_LEASE_SECONDS": "5",
            "OUTBOX_MAX_INFLIGHT_SECONDS": "5",
            "OUTBOX_PROBE_SECONDS": "1",
            "QUO_WEBHOOK_KEY": NEW_KEY,
            "DEFAULT_LEAD_OWNER_ID": str(OWNER),
            **more_env,
        },
    )
    IntakeRules.objects.create(pk=1, new_lead_after_days=0)  # a story writes many from one number
    running.flush_broker()
    running.start()
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.stop()


@pytest.fixture
def sign_in(portal, browser, person, settings):
    """Sign somebody in at a page: ``sign_in(Role.OFFICE, "/board/", viewport)``."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]  # as it runs
    opened = []

    def open_page(role, path, viewport=DESK, **fields):
        somebody = person(role, **fields)
        somebody.set_password(PASSWORD)
        somebody.save()
        context = browser.new_context(base_url=portal.url, viewport=viewport)
        opened.append(context)
        page = context.new_page()
        page.goto(path)
        page.get_by_label("Email").fill(somebody.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{portal.url}{path}")
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def office(sign_in):
    """The office's browser, signed in on the board."""
    return sign_in(Role.OFFICE, "/board/")


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
