"""What provisioning refuses: one sentence that says who must do what, and nothing changed."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError

from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot_key import make_key
from odoo_bridge.provision.instance import PARAMETER
from odoo_bridge.provision.rows import id_of
from odoo_bridge.tests.provision.words import create, ids, module_is, traces, write

pytestmark = pytest.mark.odoo


@pytest.fixture
def refused(provision):
    """Run and return the sentence of the refusal."""

    def run(*options):
        with pytest.raises(CommandError) as caught:
            provision(*options)
        return str(caught.value)

    return run


def test_a_portal_without_an_odoo_says_so(db, settings, refused):
    settings.ODOO_URL = settings.ODOO_DB = ""

    assert refused() == "Set ODOO_URL and ODOO_DB: this portal has no Odoo yet."


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("a" * 40, "refused the administrator's key: make a new one in Odoo"),
        ("two words", "has a character that no key has. Give the administrator's key as"),
    ],
)
def test_a_wrong_key_changes_nothing(shared, monkeypatch, refused, key, sentence):
    before = traces(shared.client())
    monkeypatch.setenv("ODOO_ADMIN_KEY", key)

    assert sentence in (said := refused())
    assert key not in said
    assert traces(shared.client()) == before
    assert not OdooAccess.objects.exists()


def test_the_key_of_somebody_who_is_no_administrator_changes_nothing(shared, monkeypatch, refused):
    admin = shared.client()
    demo = make_key(admin, bot_user_id=id_of(admin, "base.user_demo"))
    before = traces(admin)
    monkeypatch.setenv("ODOO_ADMIN_KEY", demo.key)

    assert "who is not an administrator of Odoo: give odoo_provision the key of" in refused()
    assert traces(admin) == before
    assert not OdooAccess.objects.exists()


def test_a_wrong_database_is_named(shared, settings, refused):
    settings.ODOO_DB = "odoo_of_nobody"

    assert "no Odoo with a database odoo_of_nobody: whoever runs the portal must" in refused()


def test_an_address_where_nobody_answers_is_named(shared, settings, refused):
    settings.ODOO_URL = "http://127.0.0.1:1"

    assert "Odoo does not answer at http://127.0.0.1:1 (There is no connection" in refused()


def test_another_portals_odoo_is_refused_until_it_is_taken_over(shared, provision, refused):
    provision("--take-over")
    instance, bot = OdooAccess.objects.values_list("instance", "bot_user_id").get()
    OdooAccess.objects.all().delete()
    before = traces(shared.client())

    assert f"belongs to another portal (instance {instance})" in refused()
    assert traces(shared.client()) == before

    provision("--take-over")
    assert OdooAccess.objects.values_list("instance", "bot_user_id").get() == (instance, bot)


@pytest.mark.parametrize("options", [[], ["--take-over"]])
def test_a_restored_copy_is_refused(connected, shared, refused, options):
    theirs = connected.instance
    OdooAccess.objects.update(instance="another1")
    before = traces(shared.client())

    said = refused(*options)

    assert f"This portal is instance another1, but Odoo belongs to instance {theirs}" in said
    assert traces(shared.client()) == before


def test_an_odoo_that_has_never_seen_us_is_refused(connected, shared, refused):
    admin = shared.client()
    OdooAccess.objects.update(api_key="0" * 40)
    [parameter] = ids(admin, "ir.config_parameter", ["key", "=", PARAMETER])
    write(admin, "ir.config_parameter", parameter, key="elsewhere")
    before = traces(admin)
    try:
        assert "was connected with another Odoo, or with this one before" in refused()
        assert traces(admin) == before
    finally:
        write(admin, "ir.config_parameter", parameter, key=PARAMETER)


def test_modules_that_are_missing_are_named(shared, refused):
    admin = shared.client()
    module_is(admin, "sale_crm", "uninstalled")
    module_is(admin, "sale_management", "uninstalled")
    try:
        said = refused("--take-over")
    finally:
        module_is(admin, "sale_crm", "installed")
        module_is(admin, "sale_management", "installed")

    assert said == (
        "Odoo lacks Opportunity to Quotation (sale_crm): an administrator of Odoo must install "
        "that under Apps, and then run odoo_provision again."
    )


def test_an_archived_bot_is_left_to_a_person_before_anything_is_installed(
    connected, shared, refused
):
    admin = shared.client()
    write(admin, "res.users", connected.bot_user_id, active=False)
    module_is(admin, "base_automation", "uninstalled")
    try:
        said = refused()
        asked = [["name", "=", "base_automation"], ["state", "=", "uninstalled"]]
        untouched = ids(admin, "ir.module.module", *asked)
    finally:
        write(admin, "res.users", connected.bot_user_id, active=True)
        module_is(admin, "base_automation", "installed")

    assert "The user yardmaster-bot in Odoo is archived: an administrator of Odoo must" in said
    assert untouched


def test_a_bot_that_may_do_everything_is_refused(connected, shared, refused):
    admin = shared.client()
    system = id_of(admin, "base.group_system")
    write(admin, "res.users", connected.bot_user_id, group_ids=[[4, system]])
    try:
        said = refused()
    finally:
        write(admin, "res.users", connected.bot_user_id, group_ids=[[3, system]])
        erp = id_of(admin, "base.group_erp_manager")
        write(admin, "res.users", connected.bot_user_id, group_ids=[[3, erp]])

    assert "may change Odoo's settings (base.group_system" in said


def test_what_odoo_refuses_is_passed_on_and_nothing_of_ours_is_left(connected, shared, refused):
    admin = shared.client()
    user = id_of(admin, "base.group_user")
    create(
        admin,
        "ir.actions.server",
        name="Yardmaster: the bot's key (removed after use)",
        model_id=id_of(admin, "base.model_res_users"),
        state="code",
    )
    OdooAccess.objects.update(key_expires_at=connected.provisioned_at)
    write(admin, "res.groups", user, api_key_duration=1)
    try:
        said = refused()
    finally:
        write(admin, "res.groups", user, api_key_duration=90)

    assert said.startswith("Odoo broke off at ir.actions.server.run: You cannot exceed 1")
    assert ids(admin, "ir.actions.server", ["name", "ilike", "bot's key"]) == []


def test_a_lost_encryption_key_is_named(connected, settings, refused):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    assert "was encrypted under a key that ENCRYPTION_KEYS lacks" in refused()
