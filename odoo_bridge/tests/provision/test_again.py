"""Later runs: what has been lost is made again, and the rest stays."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from odoo_bridge.client import OdooBroken, OdooClient, OdooUnavailable, external_module
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.bot_key import revoke_older, run_once
from odoo_bridge.provision.check import what_the_bot_lacks
from odoo_bridge.provision.instance import is_our_odoo, mark_of_us
from odoo_bridge.provision.rows import id_of, rows
from odoo_bridge.selectors.access import default_client
from odoo_bridge.tests.client.canned import in_json
from odoo_bridge.tests.provision.words import create, key_works, remove, traces, write
from portal.audit.models import AuditRow

pytestmark = pytest.mark.odoo


def test_the_key_is_the_last_line_for_who_asks(connected, provision):
    assert provision("--print-key")[-1] == connected.api_key


def test_a_key_in_the_environment_is_mentioned(connected, provision, settings):
    settings.ODOO_API_KEY = "elsewhere"

    assert provision()[-1] == "ODOO_API_KEY is set, and wins over the bot's key."


def test_a_dry_run_says_how_much_a_run_would_change(connected, shared, provision):
    admin = shared.client()
    before = traces(admin)

    assert provision("--dry-run")[-1] == "Nothing was changed. A run would change 0."

    OdooAccess.objects.update(key_expires_at=timezone.now() + dt.timedelta(days=20))
    assert provision("--dry-run")[-1] == "Nothing was changed. A run would change 1."
    assert traces(admin) == before


@pytest.mark.parametrize("lost", [("mark",), ("trace",), ("mark", "trace")], ids=" and ".join)
def test_a_mark_that_is_half_there_is_made_whole(connected, shared, lost):
    admin, instance = shared.client(), connected.instance
    if "mark" in lost:
        remove(admin, "ir.config_parameter", ["key", "=", "yardmaster.instance"])
    if "trace" in lost:
        ours = ["module", "=", external_module(instance)]
        remove(admin, "ir.model.data", ours, ["model", "=", "res.users"])

    found = mark_of_us(admin, instance=instance)

    assert found.change is not None
    assert found.change.make() == f"Instance {instance}: marked in Odoo."
    whole = mark_of_us(admin, instance=instance)
    assert (whole.says, whole.change) == (f"Instance {instance}: the same in Odoo.", None)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_administrators_key_is_asked_for(
    connected, shared, provision, monkeypatch, is_terminal
):
    monkeypatch.delenv("ODOO_ADMIN_KEY")
    typed = io.StringIO("" if is_terminal else f"{shared.admin_key}\n")
    monkeypatch.setattr(typed, "isatty", lambda: is_terminal)
    monkeypatch.setattr("sys.stdin", typed)
    monkeypatch.setattr("getpass.getpass", lambda prompt: shared.admin_key)

    assert provision("--print-key")[-1] == connected.api_key


def test_a_revoked_key_is_replaced(connected, shared, provision):
    admin = shared.client()
    key = rows(admin, "res.users.apikeys", [["user_id", "=", connected.bot_user_id]])[-1]["id"]
    run_once(
        admin,
        'env["res.users.apikeys"].browse(env.context["revoke"])._remove()',
        connected.bot_user_id,
        revoke=[key],
    )
    assert not key_works(connected.api_key)

    provision()

    access = OdooAccess.objects.get()
    assert access.api_key != connected.api_key
    assert key_works(access.api_key)
    assert (access.instance, access.bot_user_id) == (connected.instance, connected.bot_user_id)
    assert list(AuditRow.objects.last().new) == ["key_expires_at"]


def test_a_key_is_renewed_in_time_and_the_old_one_works_until_the_next(connected, provision):
    keys = [connected.api_key]
    for _renewal in range(2):
        OdooAccess.objects.update(key_expires_at=timezone.now() + dt.timedelta(days=20))
        provision()
        keys.append(OdooAccess.objects.get().api_key)

    assert len(set(keys)) == 3
    assert [key_works(key) for key in keys] == [False, True, True]


def test_the_key_lives_for_less_than_ninety_days(connected):
    assert dt.timedelta(days=88) < connected.key_expires_at - timezone.now()
    assert connected.key_expires_at - timezone.now() < dt.timedelta(days=90)


def test_no_older_keys_are_no_work(connected, shared):
    assert revoke_older(shared.client(), bot_user_id=connected.bot_user_id, leave=2) == 0


def test_rights_that_were_taken_are_given_again(connected, shared, provision):
    admin, bot = shared.client(), default_client()
    fleet = id_of(admin, "fleet.fleet_group_user")
    write(admin, "res.users", connected.bot_user_id, group_ids=[[3, fleet]])
    lacks = what_the_bot_lacks(bot, modules=connected.installed)
    assert [lack.partition(":")[0] for lack in lacks] == [
        "it cannot read fleet.vehicle.model.category",
        "it cannot read fleet.vehicle",
    ]

    lines = provision()

    assert "User yardmaster-bot: rights given." in lines
    assert what_the_bot_lacks(bot, modules=connected.installed) == []


def test_an_odoo_that_does_not_answer_is_not_a_lack_of_rights(connected):
    nobody = OdooClient(base_url="http://127.0.0.1:1", database="a", api_key="b")

    with pytest.raises(OdooUnavailable):
        what_the_bot_lacks(nobody, modules=[])


def test_the_cash_journal_stays_the_one_we_used(connected, shared, provision):
    admin = shared.client()
    company = rows(
        admin, "account.journal", [["id", "=", connected.cash_journal_id]], "company_id"
    )[0]["company_id"]
    other = create(admin, "account.journal", name="Tin", type="cash", company_id=company)

    provision()
    assert OdooAccess.objects.get().cash_journal_id == connected.cash_journal_id

    OdooAccess.objects.update(cash_journal_id=other)
    provision()
    assert OdooAccess.objects.get().cash_journal_id == other

    write(admin, "account.journal", other, active=False)
    provision()
    assert OdooAccess.objects.get().cash_journal_id == connected.cash_journal_id


def test_a_cash_journal_that_takes_no_payments_is_mended(connected, shared, provision):
    admin, journal = shared.client(), connected.cash_journal_id
    remove(
        admin,
        "account.payment.method.line",
        ["journal_id", "=", journal],
        ["payment_method_id.payment_type", "=", "inbound"],
    )

    lines = provision()

    assert f"Cash journal {journal}: there, and now takes payments by hand." in lines
    assert f"Cash journal {journal}: there." in provision()


def test_the_bot_itself_can_tell_whether_this_is_our_odoo(connected):
    bot, user = default_client(), connected.bot_user_id

    assert is_our_odoo(bot, instance=connected.instance, bot_user_id=user)
    assert not is_our_odoo(bot, instance=connected.instance, bot_user_id=user + 1)
    assert not is_our_odoo(bot, instance="another1", bot_user_id=user)


def test_an_odoo_that_breaks_down_has_not_said_that_it_is_another(server, client):
    server.will_answer(in_json({"name": "builtins.KeyError", "message": "'res.users'"}, 500))

    with pytest.raises(OdooBroken):
        is_our_odoo(client, instance="another1", bot_user_id=7)
