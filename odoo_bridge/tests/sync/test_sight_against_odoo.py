"""The portal's user sees every record that is mirrored, not only those of Odoo's own rules."""

import uuid

import psycopg
import pytest

from odoo_bridge.client import Kind, OdooForbidden
from odoo_bridge.models import BlockedNumber, TimeOff
from odoo_bridge.sync import specs
from odoo_bridge.sync.poll import poll
from odoo_bridge.tests.sync.words import create
from portal.local import postgres

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def count(client, spec):
    return client.call(spec.odoo_model, "search_count", kind=Kind.READ, domain=spec.domain)


@pytest.fixture
def time_off_of_a_colleague(provisioned_odoo):
    """Give somebody a day off, let them log in to Odoo, and return its id."""
    admin = provisioned_odoo.client()
    colleague = create(admin, "resource.resource", name="Ann Miller", resource_type="user")
    day_off = create(
        admin,
        "resource.calendar.leaves",
        name=f"Day off {uuid.uuid4()}",
        resource_id=colleague,
        date_from="2026-12-02 08:00:00",
        date_to="2026-12-02 17:00:00",
    )
    [demo] = admin.call(
        "res.users",
        "search_read",
        kind=Kind.READ,
        domain=[["login", "=", "demo"]],
        fields=["id"],
    )
    admin.call(
        "resource.resource",
        "write",
        kind=Kind.WRITE_RECORDS,
        ids=[colleague],
        vals={"user_id": demo["id"]},
    )
    return day_off


def test_the_bot_sees_as_many_of_every_mirror_as_there_are(
    provisioned_odoo, time_off_of_a_colleague
):
    bot, admin = provisioned_odoo.bot(), provisioned_odoo.client()

    seen = {spec.name: count(bot, spec) for spec in specs.SPECS}

    there = {spec.name: count(admin, spec) for spec in specs.SPECS}
    assert there["TimeOff"] < seen["TimeOff"]  # not even an administrator sees it
    assert seen == there | {"TimeOff": times_off_in(provisioned_odoo.database)}


def times_off_in(database):
    server = postgres.ensure_running().url_for(database, role=postgres.ODOO_ROLE)
    with psycopg.connect(server) as session:
        return session.execute("select count(*) from resource_calendar_leaves").fetchone()[0]


def test_the_bot_reads_blocked_numbers_and_the_time_off_of_others(
    provisioned_odoo, time_off_of_a_colleague
):
    bot, admin = provisioned_odoo.bot(), provisioned_odoo.client()
    number = f"+1606555{uuid.uuid4().int % 10_000:04}"
    create(admin, "phone.blacklist", number=number)

    poll(specs.BLOCKED_NUMBER, bot)
    poll(specs.TIME_OFF, bot)

    assert BlockedNumber.objects.get(number=number).active
    assert TimeOff.objects.get(odoo_id=time_off_of_a_colleague).name


def test_the_bot_deletes_no_blocked_number_and_leaves_the_time_off_of_others(
    provisioned_odoo, time_off_of_a_colleague
):
    bot = provisioned_odoo.bot()
    number = create(bot, "phone.blacklist", number=f"+1606555{uuid.uuid4().int % 10_000:04}")

    with pytest.raises(OdooForbidden):
        bot.call("phone.blacklist", "unlink", kind=Kind.WRITE_RECORDS, ids=[number])
    with pytest.raises(OdooForbidden):
        bot.call(
            "resource.calendar.leaves",
            "write",
            kind=Kind.WRITE_RECORDS,
            ids=[time_off_of_a_colleague],
            vals={"name": "Ours"},
        )
