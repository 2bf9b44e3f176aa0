"""Odoo tells us of changes: rules that are made once, kept right, and taken out again."""

import pytest

from odoo_bridge.client import Kind, odoo_datetime
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.hints import ACTION, RULE
from odoo_bridge.provision.rows import rows
from odoo_bridge.provision.rules import told_models
from odoo_bridge.sync.specs import SPECS
from odoo_bridge.tests.provision.listening import listening
from odoo_bridge.tests.provision.words import create, ids, module_is, remove, uninstall, write
from portal.local.odoo_config import TEMPLATE
from portal.testing.real_odoo import copy_of

pytestmark = pytest.mark.odoo
OURS = ["name", "=like", "Yardmaster: %"]


@pytest.fixture(scope="module")
def ear():
    with listening() as ear:
        yield ear


@pytest.fixture(scope="module")
def told_database():
    return copy_of(TEMPLATE)


@pytest.fixture
def told(use, told_database, connect, settings, ear):
    """Return the client of an Odoo that tells us of changes."""
    use(told_database)
    settings.ODOO_WEBHOOK_BASE_URL, settings.ODOO_WEBHOOK_SECRET = ear.address, ""
    connect()
    ear.heard.clear()
    return told_database.client()


def test_a_change_and_a_deletion_are_told_with_the_secret(told, ear):
    secret = OdooAccess.objects.get().hint_secret
    lead = create(told, "crm.lead", name="Told")

    for path, body in ear.wait_for(1):
        assert path == f"/webhook/odoo/{secret}"
        assert (body["_model"], body["_id"]) == ("crm.lead", lead)
    ear.heard.clear()

    told.call("crm.lead", "unlink", kind=Kind.WRITE_RECORDS, ids=[lead])
    assert ear.wait_for(1)[0][1]["_id"] == lead


def test_a_second_run_changes_no_rule(told, provision):
    before = rows(told, RULE, [OURS], "write_date")

    lines = provision()

    assert rows(told, RULE, [OURS], "write_date") == before
    assert len(before) == 2 * len(told_models(SPECS))
    assert f"Webhooks: {len(before)} rules stand." in lines
    made = rows(told, RULE, [OURS], "create_date")
    since = OdooAccess.objects.get().hints_since
    # What was written before a rule stood, the bot itself among it, no rule could tell of.
    assert odoo_datetime(since) >= max(row["create_date"] for row in made)


def test_what_somebody_changed_in_a_rule_is_mended(told, provision, ear):
    rule = rows(told, RULE, [["name", "=", "Yardmaster: crm.lead changed"]])[0]["id"]
    write(told, RULE, rule, active=False, trigger_field_ids=[[5]])

    lines = provision()

    assert any("1 mended" in line for line in lines)
    create(told, "crm.lead", name="Told again")
    ear.wait_for(1)


def test_a_new_secret_is_told_to_every_rule_and_the_older_one_stays_good(told, provision, ear):
    older = OdooAccess.objects.get()

    provision("--rotate")

    access = OdooAccess.objects.get()
    assert access.hint_secret != older.hint_secret
    assert access.older_hint_digest == older.hint_digest
    assert access.api_key != older.api_key
    addresses = {row["webhook_url"] for row in rows(told, ACTION, [OURS], "webhook_url")}
    assert addresses == {f"{ear.address}/webhook/odoo/{access.hint_secret}"}
    assert access.hints_since == older.hints_since


def test_without_automation_rules_they_are_installed_unless_odoo_refuses(
    virgin, provision, settings, ear
):
    admin, settings.ODOO_WEBHOOK_BASE_URL = virgin.client(), ear.address
    uninstall(admin, "base_automation")
    [module] = ids(admin, "ir.module.module", ["name", "=", "base_automation"])
    needs = create(admin, "ir.module.module.dependency", module_id=module, name="no_such_module")

    lines = provision()

    assert any("not to be had (" in line and "no_such_module" in line for line in lines)
    assert "Webhooks: none. Changes show after a poll." in lines
    remove(admin, "ir.module.module.dependency", ["id", "=", needs])
    assert "Webhooks: base_automation was installed." in provision()


def test_without_the_module_changes_show_after_a_poll(told, provision, kept_access, settings):
    module_is(told, "base_automation", "uninstallable")
    try:
        lines, again = provision(), provision()
    finally:
        module_is(told, "base_automation", "installed")

    kept_access.forget(settings)

    assert any(line.startswith("Webhooks: not to be had") for line in lines)
    assert OdooAccess.objects.get().hints_since is None
    assert "Webhooks: none. Changes show after a poll." in again
