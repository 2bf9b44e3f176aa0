"""Taking out what provisioning has put in: asked for, and only what is this portal's own."""

import io

import pytest
from django.core.management import CommandError
from django.utils import timezone

from odoo_bridge.client import external_module
from odoo_bridge.models import OdooAccess, OutboxEntry
from odoo_bridge.provision.cash import make_journal, takes_payments_by_hand
from odoo_bridge.provision.instance import BOT, PARAMETER
from odoo_bridge.provision.own import own_records
from odoo_bridge.provision.remove import Removal
from odoo_bridge.services.drop_access import drop_access
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.tests.provision.words import counts, create, ids, remove, traces, write

pytestmark = pytest.mark.odoo


@pytest.fixture
def removal(connected, shared, kept_access, settings):
    kept_access.forget(settings)
    return Removal(admin=shared.client(), kept=connected, say=lambda _line: None)


def at_a_terminal(monkeypatch, typed):
    terminal = io.StringIO(typed)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)


def test_it_is_not_done_without_being_asked_for(connected, shared, provision, monkeypatch):
    before = traces(shared.client())

    with pytest.raises(CommandError, match="Nobody can be asked here"):
        provision("--remove")
    at_a_terminal(monkeypatch, "no\n")
    said = provision("--remove")

    assert said[-2:] == ["Type remove to do that.", "Nothing was changed."]
    assert provision("--remove", "--dry-run")[-1] == "Nothing was changed."
    assert traces(shared.client()) == before
    assert OdooAccess.objects.exists()


STILL_SET = "ODOO_API_KEY is still set: take it out, or the portal goes on."


@pytest.mark.parametrize("key", ["", "elsewhere"])
def test_it_is_done_when_a_person_says_so(connected, provision, settings, monkeypatch, key):
    settings.ODOO_API_KEY = key
    at_a_terminal(monkeypatch, "remove\n")

    said = provision("--remove")

    assert (STILL_SET in said) == bool(key)
    assert not OdooAccess.objects.exists()
    assert drop_access() is False


def test_nothing_of_another_portal_is_removed(connected, shared, provision):
    admin = shared.client()
    before, numbers = traces(admin), counts(admin)
    OdooAccess.objects.update(instance="another1")

    with pytest.raises(CommandError, match="but Odoo belongs to instance"):
        provision("--remove", "--yes")

    assert (traces(admin), counts(admin)) == (before, numbers)
    assert OdooAccess.objects.exists()


def test_an_odoo_without_any_mark_is_left_alone(connected, shared, provision):
    admin = shared.client()
    OdooAccess.objects.update(instance="another1")
    [parameter] = ids(admin, "ir.config_parameter", ["key", "=", PARAMETER])
    write(admin, "ir.config_parameter", parameter, key="elsewhere")
    before = counts(admin)
    try:
        with pytest.raises(CommandError, match="carries no mark of this portal"):
            provision("--remove", "--yes")
    finally:
        write(admin, "ir.config_parameter", parameter, key=PARAMETER)

    assert counts(admin) == before


def test_what_is_under_way_is_waited_for(connected, provision):
    promise_lead(title="T", text="", phone="")
    OutboxEntry.objects.update(state=OutboxEntry.State.UNKNOWN, sent_at=timezone.now())

    with pytest.raises(CommandError, match="1 changes are on their way to Odoo"):
        provision("--remove", "--yes")

    assert OdooAccess.objects.exists()


def test_half_a_mark_is_taken_out_too(removal, connected, shared, provision):
    admin, instance = shared.client(), connected.instance
    remove(admin, "ir.model.data", ["module", "=", external_module(instance)], ["name", "=", BOT])

    said = removal.mark().change.make()

    assert said == f"Instance {instance}: the mark is taken out of Odoo."
    assert removal.mark().says == "The mark of this portal is not in Odoo."
    assert f"Instance {instance}: marked in Odoo." in provision()


def test_a_cash_journal_goes_only_if_it_is_ours_and_was_never_used(removal, connected, shared):
    admin, instance = shared.client(), connected.instance
    module, company = external_module(instance), ids(admin, "res.company")[0]
    if own_records(admin, module, "account.journal"):
        remove(admin, "ir.model.data", ["module", "=", module], ["model", "=", "account.journal"])
    assert "nothing says that the portal made it" in removal.journal().says

    make_journal(admin, company_id=company, instance=instance)
    [journal] = own_records(admin, module, "account.journal").values()
    assert takes_payments_by_hand(admin, journal)
    used = create(admin, "account.move", journal_id=journal, move_type="entry")
    assert removal.journal().says == f"Cash journal {journal} stays: there are entries in it."

    remove(admin, "account.move", ["id", "=", used])
    assert removal.journal().change.make().startswith(f"Cash journal {journal}: deleted.")
    assert not ids(admin, "account.journal", ["id", "=", journal])


def test_a_cash_journal_that_odoo_does_not_give_up_stays(removal, connected, shared):
    admin = shared.client()
    make_journal(admin, company_id=ids(admin, "res.company")[0], instance=connected.instance)
    deletion = removal.journal().change
    module = external_module(connected.instance)
    [journal] = own_records(admin, module, "account.journal").values()
    used = create(admin, "account.move", journal_id=journal, move_type="entry")

    assert deletion.make().startswith(f"Cash journal {journal} stays: ")

    remove(admin, "account.move", ["id", "=", used])
    assert removal.journal().change.make().startswith(f"Cash journal {journal}: deleted.")
