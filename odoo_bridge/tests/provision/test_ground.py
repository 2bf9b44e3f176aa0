"""What is looked at before the first change: version, accounts, companies, how Odoo speaks."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError

from odoo_bridge.client import Protocol
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.companies import Companies
from odoo_bridge.provision.reach import administrator, spoken_protocol
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.rows import id_of, rows
from odoo_bridge.provision.version import Version
from odoo_bridge.tests.client.canned import in_html, in_json, returned
from odoo_bridge.tests.provision.words import counts, ids, traces, write

pytestmark = pytest.mark.odoo


@contextmanager
def changed(client, model, odoo_ids, **vals):
    """Let records be otherwise for a while."""
    before = rows(client, model, [["id", "in", odoo_ids]], *vals)
    for odoo_id in odoo_ids:
        write(client, model, odoo_id, **vals)
    try:
        yield
    finally:
        for row in before:
            write(client, model, row.pop("id"), **row)


@pytest.fixture
def refused_untouched(connected, shared, provision):
    """Run with something to do, and return the refusal: nothing of that may be done."""
    admin = shared.client()
    fleet = id_of(admin, "fleet.fleet_group_user")
    write(admin, "res.users", connected.bot_user_id, group_ids=[[3, fleet]])

    def run():
        before, numbers = traces(admin), counts(admin)
        with pytest.raises(CommandError) as caught:
            provision("--rotate")
        assert (traces(admin), counts(admin)) == (before, numbers)
        assert OdooAccess.objects.get().api_key == connected.api_key
        return str(caught.value)

    yield run
    assert "User yardmaster-bot: rights given." in provision()


def test_an_odoo_that_is_too_old_is_refused_before_the_first_change(shared, refused_untouched):
    admin = shared.client()
    base = ids(admin, "ir.module.module", ["name", "=", "base"])
    with changed(admin, "ir.module.module", base, latest_version="16.0.1.3"):
        said = refused_untouched()

    assert said == (
        "This is Odoo 16.0, Community, and the portal needs Odoo 17 or newer: whoever runs Odoo "
        "must update it first."
    )


@pytest.mark.parametrize(
    ("chart", "lacks"),
    [
        ("generic_coa", "has no sales journal in Odoo, so nothing can be invoiced: whoever keeps"),
        (False, "has no chart of accounts in Odoo, so nothing can be invoiced: whoever keeps"),
    ],
)
def test_a_company_that_cannot_invoice_is_refused_before_the_first_change(
    shared, refused_untouched, chart, lacks
):
    admin = shared.client()
    sales = ids(admin, "account.journal", ["type", "=", "sale"])
    with (
        changed(admin, "account.journal", sales, active=False),
        changed(admin, "res.company", ids(admin, "res.company"), chart_template=chart),
    ):
        assert lacks in refused_untouched()


def test_rights_that_only_a_person_can_give_back_are_named(connected, shared, provision):
    admin = shared.client()
    of_leads = ids(admin, "ir.model.access", ["model_id.model", "=", "crm.lead"])

    with (
        changed(admin, "ir.model.access", of_leads, active=False),
        pytest.raises(CommandError) as refusal,
    ):
        provision()

    assert str(refusal.value).startswith("The bot is there, but it cannot read crm.lead: ")
    assert "must look at the access rights of yardmaster-bot" in str(refusal.value)
    assert provision()[-1] == "Check: the bot may do all that the portal needs."


def test_the_version_is_read_from_its_number():
    assert Version("19.0", is_enterprise=True).major == 19
    assert Version("saas~18.3", is_enterprise=False).major == 18
    assert Version("unknown", is_enterprise=False).major == 0
    assert str(Version("19.0", is_enterprise=True)) == "Odoo 19.0, Enterprise"


def test_the_bots_company_is_named_among_the_others():
    assert str(Companies(1, "Woods", 1)) == "Company: the bot works for Woods, the only one."
    assert str(Companies(1, "Woods", 3)) == "Company: the bot works for Woods, and sees all 3."


def test_an_odoo_before_19_is_spoken_to_in_its_own_way(server):
    version = returned(Protocol.JSON_RPC, {"server_version": "18.0"})
    server.will_answer(in_html(404), version)

    assert spoken_protocol(server.url, "demo") is Protocol.JSON_RPC


def test_an_address_that_is_none_is_named():
    with pytest.raises(NotProvisioned, match="must correct ODOO_URL"):
        spoken_protocol("odoo", "demo")


def test_over_json_rpc_the_refused_user_is_named(shared):
    stranger = shared.client(protocol=Protocol.JSON_RPC, user="nobody@example.com")

    with pytest.raises(NotProvisioned, match="key of the user nobody@example"):
        administrator(stranger)


def test_an_odoo_that_goes_down_in_between_is_named(server, client):
    server.will_answer(in_json({"a": 1}, 503))

    with pytest.raises(NotProvisioned, match="there is no Odoo with a database demo"):
        administrator(client)
