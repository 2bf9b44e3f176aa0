"""SIGKILL before and after every call of a saga: its effect is there exactly once.

Each point has a drain process of its own, whose calls go through the faulty proxy; the proxy does
the killing. What the killed process left is then finished by another one.
"""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox.drain import drain
from portal.local.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def proxy(odoo):
    with FaultyProxy(odoo.url) as proxy:
        yield proxy


def start_drain(odoo, proxy):
    """Start ``manage.py drain_outbox`` on this test's database, with the proxy for an Odoo."""
    db = connection.settings_dict
    return subprocess.Popen(
        [sys.executable, "manage.py", "drain_outbox"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgresql://{db['USER']}@{db['HOST']}:{db['PORT']}/{db['NAME']}",
            "ODOO_URL": proxy.url,
            "ODOO_DB": odoo.database,
            "ODOO_API_KEY": odoo.admin_key,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill_at(odoo, proxy, **point):
    """Run a drain that the proxy kills at this point, and return how it ended."""
    kill = proxy.kill(**point)
    process = start_drain(odoo, proxy)
    kill.pid = process.pid
    _, errors = process.communicate(timeout=60)
    assert kill.fired.is_set(), errors.decode()
    return process.returncode


def finish(odoo_client, access):
    """Let another worker find what the dead one left, once its lease has run out."""
    Stream.objects.update(leased_until=timezone.now())
    deadline = time.monotonic() + 30
    while OutboxEntry.objects.exclude(state="DONE").exists():
        assert time.monotonic() < deadline, OutboxEntry.objects.values("state", "last_error")
        drain(odoo_client, access)
        time.sleep(0.1)


@pytest.mark.parametrize("point", [{"before_call": 1}, {"after_call": 1}], ids=str)
def test_record_lead_survives_a_kill_at_any_point(
    odoo, odoo_client, access, promised, proxy, quick_outbox, point
):
    title = f"Killed {uuid.uuid4()}"
    lead = promised(title=title)

    assert kill_at(odoo, proxy, **point) == -9
    assert OutboxEntry.objects.get().state == "SENDING"
    finish(odoo_client, access)

    count = odoo_client.call(
        "crm.lead", "search_count", kind=Kind.READ, domain=[["name", "=", title]]
    )
    lead.refresh_from_db()
    assert count == 1
    assert lead.odoo_id
