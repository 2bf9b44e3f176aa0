"""The doctor beside a real Odoo: what is broken is named, with who must do what."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.doctor.finding import Level
from odoo_bridge.provision.doctor.rights import modules_finding
from odoo_bridge.provision.hints import ACTION, RULE
from odoo_bridge.provision.rows import rows
from odoo_bridge.selectors.access import default_client
from odoo_bridge.tests.provision.words import ids, write

pytestmark = pytest.mark.odoo


@pytest.fixture
def found(doctor):
    """Examine, and return the finding about something as its level and all that it says."""

    def look(about):
        [one] = [one for one in doctor() if one["about"] == about]
        return one["level"], f"{one['says']} {one['advice']}"

    return look


def test_a_healthy_odoo_is_told_in_lines_without_a_secret(connected, shared, capsys):
    call_command("odoo_doctor")

    said = capsys.readouterr().out
    assert "OK        Odoo answers: Odoo 19.0" in said
    assert "OK        Rights of the bot: The bot may do all that" in said
    assert "attention Mirror Partner: It was never read to the end.\n          → Check that" in said
    for secret in (connected.api_key, connected.hint_secret, shared.admin_key):
        assert secret not in said


def test_rules_that_are_wrong_are_counted_by_what_is_wrong(connected, shared, provision, found):
    admin = shared.client()
    assert found("Webhooks in Odoo")[0] == Level.OK
    lead, order = (
        ids(admin, RULE, ["name", "=", f"Yardmaster: {model} changed"])[0]
        for model in ("crm.lead", "sale.order")
    )
    actions = ids(admin, ACTION, ["name", "=like", "Yardmaster: stock%"])
    own = rows(admin, ACTION, [["id", "=", actions[0]]], "webhook_url")[0]["webhook_url"]
    write(admin, RULE, lead, active=False)
    write(admin, RULE, order, name="Somebody's")
    write(admin, ACTION, actions[0], webhook_url="https://elsewhere.example/webhook/odoo/a")
    write(admin, ACTION, actions[1], webhook_url=own[:-5])

    level, said = found("Webhooks in Odoo")

    assert level == Level.ATTENTION
    assert "1 rules are not there; 1 rules are switched off; 1 rules post to another" in said
    assert "1 rules post with another secret" in said
    write(admin, RULE, order, name="Yardmaster: sale.order changed")
    provision()
    assert found("Webhooks in Odoo")[0] == Level.OK


def test_webhooks_that_were_not_asked_for_are_mentioned(connected, found):
    OdooAccess.objects.update(hints_since=None)

    assert "Odoo tells of nothing" in found("Webhooks in Odoo")[1]
    assert found("Webhooks heard") == (Level.OK, "None, as Odoo was not asked for any. ")


def test_rules_that_the_bot_may_not_see_are_not_taken_for_missing(connected, shared, found):
    admin = shared.client()
    [group] = ids(admin, "res.groups", ["name", "=", "Yardmaster"])
    write(admin, "res.users", connected.bot_user_id, group_ids=[[3, group]])
    try:
        assert "The bot cannot look at them" in found("Webhooks in Odoo")[1]
        level, said = found("Rights of the bot")
    finally:
        write(admin, "res.users", connected.bot_user_id, group_ids=[[4, group]])

    assert level == Level.BROKEN
    assert "it cannot read phone.blacklist" in said


def test_a_key_that_odoo_refuses_is_broken_and_nothing_more_is_asked(connected, settings, doctor):
    settings.ODOO_API_KEY = "0" * 40

    found = {one["about"]: one for one in doctor()}

    assert found["Key"]["level"] == Level.BROKEN
    assert found["Key"]["says"].startswith("Odoo refuses the key")
    assert found["Key"]["advice"].startswith("Put a new one there")
    assert "ODOO_API_KEY wins" in found["Settings"]["says"]
    assert found["Key's end"]["level"] == Level.ATTENTION
    assert "Rights of the bot" not in found


def test_a_database_that_is_not_there_is_named(connected, settings, found):
    settings.ODOO_DB = "odoo_of_nobody"

    level, said = found("Key")

    assert level == Level.BROKEN
    assert "has the database odoo_of_nobody (ODOO_DB)" in said


def test_a_copy_is_recognised(connected, found):
    OdooAccess.objects.update(instance="another1")

    level, said = found("Own Odoo")

    assert level == Level.BROKEN
    assert "It is another Odoo or a copy, and nothing is sent" in said


def test_a_key_from_outside_is_examined_too(connected, settings, doctor):
    settings.ODOO_API_KEY = connected.api_key
    OdooAccess.objects.all().delete()

    found = {one["about"]: one for one in doctor()}

    assert found["Key"]["level"] == Level.OK
    assert found["Own Odoo"]["level"] == Level.ATTENTION
    assert "Rights of the bot" not in found


def test_an_odoo_that_is_not_provisioned_yet_says_what_to_run(shared, found):
    level, said = found("Key")

    assert level == Level.BROKEN
    assert said.startswith("The portal has no key yet. Run manage.py odoo_provision with the key")
    assert found("Odoo answers")[0] == Level.OK


def test_batches_that_came_or_went_are_noticed(connected, found):
    assert found("Batches with vehicle and driver") == (Level.OK, "They are there. ")

    OdooAccess.objects.update(has_fleet_batches=False)

    level, said = found("Batches with vehicle and driver")
    assert level == Level.ATTENTION
    assert "Odoo has them now." in said


def test_modules_are_known_by_their_fields(connected):
    signs = {"crm": ("crm.lead", "no_such_field"), "fleet": ("no.such.model", "name")}

    found = modules_finding(default_client(), signs)

    assert found.level is Level.BROKEN
    assert found.says == "Odoo lacks CRM (crm), Fleet (fleet)."


@pytest.mark.parametrize(
    ("days", "level", "advice"),
    [
        (22, Level.OK, ""),
        (21, Level.ATTENTION, "In the next weeks"),
        (7, Level.ATTENTION, "This week"),
        (2, Level.ATTENTION, "The portal stops then. Today"),
        (-1, Level.BROKEN, "Run manage.py odoo_provision"),
    ],
)
def test_the_end_of_the_key_is_told_in_time(connected, found, days, level, advice):
    ends = timezone.now() + dt.timedelta(days=days, minutes=5)
    OdooAccess.objects.update(key_expires_at=ends)

    told, said = found("Key's end")

    assert told == level
    assert advice in said
