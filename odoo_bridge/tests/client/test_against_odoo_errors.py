"""The table of answers, seen on a real Odoo 19: what the other tests assume is checked here.

Over both protocols, and with the same meaning; only the HTTP status tells them apart.
"""

from dataclasses import replace

import psycopg
import pytest
import requests

from odoo_bridge.client import (
    Kind,
    OdooBroken,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
    Protocol,
)
from odoo_bridge.tests.client.real import ADMIN_ID, NO_SUCH_ID, action, http_status, new_lead, run
from portal.local import postgres
from portal.local.faulty_proxy import FaultyProxy

pytestmark = pytest.mark.odoo


def test_a_key_that_odoo_does_not_know(odoo_client):
    stranger = replace(odoo_client, api_key="0" * 40)

    with pytest.raises(OdooUnauthorized) as refused:
        stranger.call("res.users", "context_get", kind=Kind.READ)

    assert refused.value.status == http_status(odoo_client, 401)


def test_a_database_that_is_not_there_is_an_outage_and_no_missing_record(odoo_client):
    elsewhere = replace(odoo_client, database="odoo_no_such_database")

    with pytest.raises(OdooUnavailable) as lost:
        elsewhere.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals={})

    assert lost.value.status == http_status(odoo_client, 404)


def test_a_database_that_went_away_after_the_log_in(odoo_client):
    """JSON-2 finds no way to the method; JSON-RPC cannot say when it lost the database."""
    elsewhere = replace(odoo_client, database="odoo_no_such_database", user=ADMIN_ID)
    of_a_write = {Protocol.JSON2: OdooUnavailable, Protocol.JSON_RPC: OutcomeUnknown}

    with pytest.raises(OdooUnavailable):
        elsewhere.call("crm.lead", "search_count", kind=Kind.READ, domain=[])
    with pytest.raises(of_a_write[odoo_client.protocol]):
        elsewhere.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals={})


@pytest.mark.parametrize(("model", "method"), [("no.model", "read"), ("crm.lead", "no_method")])
def test_a_model_or_a_method_that_this_odoo_lacks(odoo_client, model, method):
    with pytest.raises(OdooUnsupported) as lacking:
        odoo_client.call(model, method, kind=Kind.READ_RECORDS, ids=[1])

    assert (method if model == "crm.lead" else model) in lacking.value.reason


def test_a_private_method(odoo_client):
    with pytest.raises(OdooForbidden):
        odoo_client.call("crm.lead", "_compute_name", kind=Kind.READ_RECORDS, ids=[1])


def test_a_company_that_is_not_ours(odoo_client):
    abroad = replace(odoo_client, company_ids=[NO_SUCH_ID])

    with pytest.raises(OdooForbidden) as refused:
        abroad.call("crm.lead", "search_count", kind=Kind.READ, domain=[])

    assert refused.value.cause == "odoo.exceptions.AccessError"


def test_a_record_that_is_gone(odoo_client):
    lead = new_lead(odoo_client)
    odoo_client.call("crm.lead", "unlink", kind=Kind.WRITE_RECORDS, ids=[lead])

    with pytest.raises(OdooMissing):
        odoo_client.call(
            "crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals={"name": "B"}
        )


def test_a_missing_record_may_be_one_that_was_referred_to(odoo_client):
    """So a handler that deletes or conflicts on OdooMissing must look at the target first."""
    lead = new_lead(odoo_client)
    vals = {"user_id": NO_SUCH_ID}

    with pytest.raises(OdooMissing) as missing:
        odoo_client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[lead], vals=vals)

    assert "res.users" in missing.value.reason


def test_a_refusal_in_odoos_own_words(odoo_client):
    with pytest.raises(OdooRejected) as refused:
        odoo_client.call(
            "res.partner", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals={"parent_id": 1}
        )

    assert type(refused.value) is OdooRejected
    assert refused.value.status == http_status(odoo_client, 422)
    assert "recursive" in refused.value.reason.lower()


def test_a_field_that_does_not_exist_is_our_bug(odoo_client):
    with pytest.raises(OdooBroken) as broken:
        odoo_client.call("crm.lead", "search_read", kind=Kind.READ, domain=[["nonsense", "=", 1]])

    assert broken.value.status == http_status(odoo_client, 500)
    assert broken.value.cause == "builtins.ValueError"


def test_an_argument_that_is_missing_is_our_bug(odoo_client):
    with pytest.raises(OdooBroken) as broken:
        odoo_client.call("crm.lead", "create", kind=Kind.WRITE)

    assert broken.value.status == http_status(odoo_client, 422)
    assert "missing" in broken.value.reason


def test_an_argument_that_is_unknown_is_our_bug(odoo_client):
    with pytest.raises(OdooBroken) as broken:
        odoo_client.call("crm.lead", "search_count", kind=Kind.READ, domain=[], colour="red")

    assert broken.value.status == http_status(odoo_client, 422)


def test_a_row_that_somebody_holds_is_tried_again_soon(odoo_client, odoo):
    lead = new_lead(odoo_client)
    take = action(odoo_client, "record.lock_for_update()")
    url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)

    with psycopg.connect(url) as somebody:
        somebody.execute("SELECT FROM crm_lead WHERE id = %s FOR UPDATE", [lead])
        with pytest.raises(OdooOverloaded) as held:
            run(odoo_client, take, lead)

    assert held.value.status == http_status(odoo_client, 409)
    assert held.value.cause == "odoo.exceptions.LockError"
    run(odoo_client, take, lead)


@pytest.mark.parametrize(
    ("method", "params", "cause"),
    [
        ("search_read", {"domain": 5}, "builtins.TypeError"),
        ("create", {"vals_list": [5]}, "builtins.AttributeError"),
        ("create", {"vals_list": [{"name": "a\x00"}]}, "builtins.ValueError"),
        ("create", {"vals_list": [{"name": "A", "priority": "?"}]}, "builtins.ValueError"),
        (
            "create",
            {"vals_list": [{"name": "A", "color": 10**12}]},
            "psycopg2.errors.NumericValueOutOfRange",
        ),
    ],
)
def test_a_crash_of_odoo_means_the_same_for_reads_and_writes(odoo_client, method, params, cause):
    for kind in (Kind.READ, Kind.WRITE):
        with pytest.raises(OdooBroken) as broken:
            odoo_client.call("crm.lead", method, kind=kind, **params)

        assert broken.value.status == http_status(odoo_client, 500)
        assert broken.value.cause == cause


def test_a_crash_deep_in_odoo_leaves_its_traceback_there(odoo_client):
    crash = action(odoo_client, "1 / 0")

    with pytest.raises(OdooBroken) as broken:
        run(odoo_client, crash, new_lead(odoo_client))

    assert "Traceback" not in f"{vars(broken.value)}"


def test_no_ids_are_refused_before_odoo_could_say_true(odoo, odoo_client):
    with FaultyProxy(odoo.url) as proxy:
        through = replace(odoo_client, base_url=proxy.url)

        with pytest.raises(OdooBroken):
            through.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[], vals={})

        assert proxy.calls == []


def test_odoo_would_have_said_true(odoo):
    """Why the odoo_client refuses: if this fails, Odoo has become stricter and we may relax."""
    answer = requests.post(
        f"{odoo.url}/json/2/crm.lead/write",
        json={"vals": {"name": "B"}},
        headers={
            "Authorization": f"bearer {odoo.admin_key}",
            "X-Odoo-Database": odoo.database,
        },
        timeout=30,
    )

    assert (answer.status_code, answer.json()) == (200, True)
