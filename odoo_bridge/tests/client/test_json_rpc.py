"""What the client sends over JSON-RPC, and how it gets its user's number."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from odoo_bridge.client import (
    Kind,
    OdooBroken,
    OdooClient,
    OdooForbidden,
    OdooMissing,
    OdooUnauthorized,
    OdooUnavailable,
    Protocol,
)
from odoo_bridge.tests.client.canned import KEY, Canned, in_html, in_json, returned

DENIED = "odoo.exceptions.AccessDenied"


def result(content):
    return returned(Protocol.JSON_RPC, content)


def error(name, message="Words."):
    data = {"name": name, "message": message, "arguments": [], "context": {}, "debug": "Trace"}
    return in_json({"jsonrpc": "2.0", "id": 1, "error": {"code": 0, "message": "!", "data": data}})


def client_of(server, user=2, **more):
    return OdooClient(
        base_url=server.url,
        database="demo",
        api_key=KEY,
        protocol=Protocol.JSON_RPC,
        user=user,
        **more,
    )


def asked(request):
    """Service, method and arguments of a request."""
    params = request.body["params"]
    return params["service"], params["method"], params["args"]


def test_posts_the_key_the_method_and_its_arguments_by_name(server):
    server.will_answer(result([{"id": 7}]))

    rows = client_of(server).call("crm.lead", "search_read", kind=Kind.READ, domain=[], load=None)

    assert rows == [{"id": 7}]
    [request] = server.received
    assert request.path == "/jsonrpc"
    assert (request.body["jsonrpc"], request.body["method"]) == ("2.0", "call")
    context = {"lang": "en_US", "tz": "UTC", "active_test": False, "bin_size": True}
    kwargs = {"domain": [], "load": None, "context": context}
    assert asked(request) == (
        "object",
        "execute_kw",
        ["demo", 2, KEY, "crm.lead", "search_read", [], kwargs],
    )


def test_ids_are_the_first_argument(server):
    server.will_answer(result(True))
    at = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)

    client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=(7, 8), vals={"x": at})

    args, kwargs = asked(server.received[0])[2][5:]
    assert args == [[7, 8]]
    assert kwargs["vals"] == {"x": "2026-11-21 12:00:00"}
    assert kwargs["context"]["mail_create_nosubscribe"] is True


@pytest.mark.parametrize("values", [{"name": "A"}, [{"name": "A"}]])
def test_what_is_created_stands_by_its_place_and_in_a_list(server, values):
    """Odoo looks there to see whether to return a number or a list."""
    server.will_answer(result([7]))

    client_of(server).call("crm.lead", "create", kind=Kind.WRITE, vals_list=values)

    args, kwargs = asked(server.received[0])[2][5:]
    assert args == [[{"name": "A"}]]
    assert "vals_list" not in kwargs


def test_the_key_is_in_no_header_and_no_other_secret_either(server, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login eve password evil\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.will_answer(result([]))

    client_of(server, session=requests.Session()).call("crm.lead", "search", kind=Kind.READ)

    headers = server.received[0].headers
    assert "Authorization" not in headers
    assert KEY not in str(headers)
    assert headers["Connection"] == "close"


def test_a_login_is_turned_into_a_number_once_before_the_first_call(server):
    server.will_answer(result(9), result([]))
    client = client_of(server, user="bot")

    assert server.received == []
    for _ in range(2):
        client.call("crm.lead", "search_read", kind=Kind.READ)

    assert [asked(request)[1] for request in server.received] == [
        "authenticate",
        "execute_kw",
        "execute_kw",
    ]
    assert asked(server.received[0])[2] == ["demo", "bot", KEY, {}]
    assert asked(server.received[1])[2][1] == 9


def test_many_threads_log_in_once(server):
    server.will_answer(result(9), result([]))
    client, callers = client_of(server, user="bot"), 8
    start = threading.Barrier(callers)

    def call(_):
        start.wait()
        return client.call("crm.lead", "search_read", kind=Kind.READ)

    with ThreadPoolExecutor(callers) as pool:
        assert list(pool.map(call, range(callers))) == [[]] * callers

    assert [asked(request)[0] for request in server.received].count("common") == 1


def test_a_login_that_odoo_does_not_know_is_a_refused_key_and_is_asked_again(server):
    server.will_answer(result(False), result(9), result([]))
    client = client_of(server, user="bot")

    with pytest.raises(OdooUnauthorized):
        client.call("crm.lead", "search_read", kind=Kind.READ)

    assert client.call("crm.lead", "search_read", kind=Kind.READ) == []


@pytest.mark.parametrize("lost", [Canned(hang_up=True), in_html(502), error("acme.Odd")])
def test_a_write_that_got_no_further_than_the_login_was_not_done(server, lost):
    server.will_answer(lost)

    with pytest.raises((OdooUnavailable, OdooBroken)) as failed:
        client_of(server, user="bot").call("crm.lead", "create", kind=Kind.WRITE, vals_list=[{}])

    assert failed.value.call == "common.authenticate"
    assert len(server.received) == 1


def test_a_denial_is_of_the_key_when_the_key_is_denied_everything(server):
    server.will_answer(error(DENIED))

    with pytest.raises(OdooUnauthorized):
        client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={})

    assert [asked(request)[2][4] for request in server.received] == ["write", "context_get"]


def test_a_denial_is_of_the_call_when_the_key_is_good_for_others(server):
    server.will_answer(error(DENIED), result({"uid": 2}))

    with pytest.raises(OdooForbidden) as refused:
        client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={})

    assert (refused.value.call, refused.value.cause) == ("crm.lead.write", DENIED)


def test_an_outage_after_a_denial_is_an_outage(server):
    server.will_answer(error(DENIED), in_html(502))

    with pytest.raises(OdooUnavailable) as lost:
        client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={})

    assert type(lost.value) is OdooUnavailable


def test_a_user_who_was_deleted_is_a_refused_key_and_no_missing_record(server):
    server.will_answer(error("odoo.exceptions.MissingError", "Deleted.\n(Record: res.users(2,))"))

    with pytest.raises(OdooUnauthorized):
        client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={})


@pytest.mark.parametrize(
    ("name", "message", "meant"),
    [
        ("odoo.exceptions.MissingError", "(Record: res.users(22,), User: 2)", OdooMissing),
        ("odoo.exceptions.AccessError", "Not for you.", OdooForbidden),
    ],
)
def test_other_refusals_need_no_second_look(server, name, message, meant):
    server.will_answer(error(name, message))

    with pytest.raises(meant):
        client_of(server).call("crm.lead", "write", kind=Kind.WRITE_RECORDS, ids=[7], vals={})

    assert len(server.received) == 1


@pytest.mark.parametrize("user", ["", 0])
def test_a_key_must_be_somebodys(server, user):
    with pytest.raises(ValueError, match="whose key"):
        client_of(server, user=user)


def test_a_key_that_is_none_is_refused_without_quoting_it():
    with pytest.raises(ValueError, match="API key") as refused:
        OdooClient(
            base_url="http://127.0.0.1",
            database="demo",
            api_key="two words",
            protocol=Protocol.JSON_RPC,
            user=2,
        )

    assert "two words" not in str(refused.value)


def test_the_key_shows_nowhere(server):
    server.will_answer(error("builtins.ValueError"))
    client = client_of(server)

    with pytest.raises(OdooBroken) as broken:
        client.call("crm.lead", "search_read", kind=Kind.READ)

    failed = broken.value
    assert KEY not in f"{client!r} {failed!r} {failed} {failed.args} {vars(failed)}"
