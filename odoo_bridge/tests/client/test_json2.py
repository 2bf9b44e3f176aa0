"""What the client sends."""

import datetime as dt
from decimal import Decimal

import pytest
import requests

from odoo_bridge.client import Kind, OdooBroken, OdooClient, OdooUnauthorized, OdooUnavailable
from odoo_bridge.client import transport as module_under_test
from odoo_bridge.client.errors import OutcomeUnknown
from odoo_bridge.tests.client.canned import KEY, Canned, in_json


def test_posts_a_method_with_its_arguments_and_returns_its_result(server, client):
    server.will_answer(in_json([{"id": 7}]))

    result = client.call("crm.lead", "search_read", kind=Kind.READ, domain=[], fields=["name"])

    assert result == [{"id": 7}]
    [request] = server.received
    assert request.path == "/json/2/crm.lead/search_read"
    assert request.body == {
        "domain": [],
        "fields": ["name"],
        "context": {"lang": "en_US", "tz": "UTC", "active_test": False, "bin_size": True},
    }


def test_says_who_we_are_which_database_and_how_long_the_body_is(server, client):
    client.call("crm.lead", "search_count", kind=Kind.READ, domain=[])

    headers = server.received[0].headers
    assert headers["Authorization"] == f"bearer {KEY}"
    assert headers["X-Odoo-Database"] == "demo"
    assert headers["User-Agent"] == "Yardmaster"
    assert headers["Connection"] == "close"
    assert headers["Content-Type"] == "application/json"
    assert int(headers["Content-Length"]) > 0
    assert "Transfer-Encoding" not in headers


def test_sends_ids_and_the_context_of_a_write(server, client):
    client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={"name": "Zoë"})

    assert server.received[0].body == {
        "ids": [7],
        "vals": {"name": "Zoë"},
        "context": {"lang": "en_US", "tz": "UTC", "mail_create_nosubscribe": True},
    }


def test_lays_the_callers_context_over_the_defaults(server):
    client = OdooClient(base_url=server.url, database="demo", api_key=KEY, company_ids=[3, 1])

    client.call("res.users", "read", kind=Kind.READ_RECORDS, ids=(2,), context={"lang": "es_419"})

    assert server.received[0].body["context"] == {
        "lang": "es_419",
        "tz": "UTC",
        "active_test": False,
        "bin_size": True,
        "allowed_company_ids": [3, 1],
    }


def test_sends_moments_days_and_decimals_as_odoo_writes_them(server, client):
    noon = dt.datetime(2026, 11, 21, 12, 0, 0, 999_999, dt.timezone(dt.timedelta(hours=-5)))

    vals = {"at": noon, "on": dt.date(2026, 11, 21), "price": Decimal("1.10")}
    client.call("sale.order", "write", kind=Kind.WRITE_RECORDS, ids=[1], vals=vals)

    assert server.received[0].body["vals"] == {
        "at": "2026-11-21 17:00:00",
        "on": "2026-11-21",
        "price": 1.1,
    }


def test_a_method_may_have_arguments_named_like_ours(server, client):
    client.call("ir.model", "find", kind=Kind.READ, model="crm.lead", method="read")

    assert server.received[0].body["model"] == "crm.lead"


@pytest.mark.parametrize("ids", [None, []])
@pytest.mark.parametrize("kind", [Kind.READ_RECORDS, Kind.WRITE_RECORDS])
def test_refuses_a_record_method_without_ids_before_anything_is_sent(server, client, kind, ids):
    with pytest.raises(OdooBroken, match=r"sale\.order\.action_confirm"):
        client.call("sale.order", "action_confirm", kind=kind, ids=ids)

    assert server.received == []


@pytest.mark.parametrize(
    ("model", "method", "ids"),
    [
        ("crm.lead", "search_read", [7]),
        ("crm.lead/../x", "read", None),
        ("crm.lead", "read?x", None),
        ("", "read", None),
    ],
)
def test_refuses_calls_that_make_no_sense(server, client, model, method, ids):
    with pytest.raises(OdooBroken):
        client.call(model, method, kind=Kind.READ, ids=ids)

    assert server.received == []


@pytest.mark.parametrize("method", ["name_create", "create", "load", "search_read"])
def test_refuses_ids_for_a_method_that_everybody_knows_takes_none(server, client, method):
    """Over JSON-RPC they would be its first argument: a record named "[7]" has been made so."""
    with pytest.raises(OdooBroken):
        client.call("crm.lead", method, kind=Kind.WRITE_RECORDS, ids=[7])

    assert server.received == []


@pytest.mark.parametrize("ids", [[0], [-1], [True], ["7"], [7.0]])
def test_refuses_ids_that_are_none(server, client, ids):
    with pytest.raises(OdooBroken):
        client.call("crm.lead", "read", kind=Kind.READ_RECORDS, ids=ids)

    assert server.received == []


@pytest.mark.parametrize("value", [object(), float("nan"), dt.datetime(2026, 1, 1)])  # noqa: DTZ001
def test_refuses_values_without_a_form_and_does_not_quote_them(server, client, value):
    with pytest.raises(OdooBroken) as refused:
        client.call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={"x": value})

    assert server.received == []
    assert refused.value.__cause__ is None


def test_ids_and_context_cannot_hide_among_the_arguments(server, client):
    hidden = {"ids": [7], "context": {"lang": "fr_FR"}}

    with pytest.raises(OdooBroken):  # they are taken for what they are
        client.call("crm.lead", "search_read", kind=Kind.READ, **hidden)


def test_keeps_no_cookies(server):
    session = requests.Session()
    client = OdooClient(base_url=server.url, database="demo", api_key=KEY, session=session)
    headers = {"Content-Type": "application/json", "Set-Cookie": "session_id=abc; Path=/"}
    server.will_answer(Canned(headers=headers))

    for _ in range(2):
        client.call("crm.lead", "search_count", kind=Kind.READ)

    assert list(session.cookies) == []
    assert "Cookie" not in server.received[1].headers


def test_follows_no_redirect(server, client):
    server.will_answer(Canned(status=307, headers={"Location": f"{server.url}/elsewhere"}))

    with pytest.raises(OdooUnavailable) as moved:
        client.call("crm.lead", "search_count", kind=Kind.READ)

    assert len(server.received) == 1
    assert server.url in moved.value.reason


def test_a_netrc_file_does_not_replace_our_key(server, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login eve password evil\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    session = requests.Session()  # unlike our own, this one looks at the environment
    client = OdooClient(base_url=server.url, database="demo", api_key=KEY, session=session)

    client.call("crm.lead", "search_count", kind=Kind.READ)

    assert server.received[0].headers["Authorization"] == f"bearer {KEY}"


def test_the_environment_cannot_put_a_proxy_between(server, client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    client.call("crm.lead", "search_count", kind=Kind.READ)

    assert len(server.received) == 1


def test_the_key_shows_nowhere(server, client):
    said = {"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}
    server.will_answer(in_json(said, status=401))

    with pytest.raises(OdooUnauthorized) as refused:
        client.call("crm.lead", "search_count", kind=Kind.READ)

    error = refused.value
    assert (
        KEY not in f"{client!r} {client._wire._auth!r} {error!r} {error} {error.args} {vars(error)}"
    )


@pytest.mark.parametrize("key", ["", "with space", "line\nbreak", "ключ"])
def test_refuses_a_key_that_would_spoil_the_header_without_quoting_it(key):
    with pytest.raises(ValueError, match="API key") as refused:
        OdooClient(base_url="http://127.0.0.1", database="demo", api_key=key)

    assert not key or key not in str(refused.value)


@pytest.mark.parametrize("url", ["odoo.example.com", "ftp://odoo", "http://", "http://a:b@odoo"])
def test_refuses_an_address_that_is_none(url):
    with pytest.raises(ValueError, match="address"):
        OdooClient(base_url=url, database="demo", api_key=KEY)


def test_a_slash_at_the_end_of_the_address_does_no_harm(server):
    client = OdooClient(base_url=f"{server.url}/", database="demo", api_key=KEY)

    client.call("crm.lead", "search_count", kind=Kind.READ)

    assert server.received[0].path == "/json/2/crm.lead/search_count"


def test_an_answer_without_end_is_not_read_to_its_end(server, client, monkeypatch):
    monkeypatch.setattr(module_under_test, "LARGEST_ANSWER", 1000)
    server.will_answer(in_json("a" * 200_000))

    with pytest.raises(OdooBroken):
        client.call("crm.lead", "search_read", kind=Kind.READ)
    with pytest.raises(OutcomeUnknown):
        client.call("crm.lead", "create", kind=Kind.WRITE)
