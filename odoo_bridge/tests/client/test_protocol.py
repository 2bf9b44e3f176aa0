"""Finding out which protocol an Odoo speaks, and never taking an outage for an old Odoo."""

import pytest

from odoo_bridge.client import OdooError, OdooUnavailable, Protocol, detect_protocol
from odoo_bridge.tests.client.canned import Canned, in_html, in_json, returned

NO_ROUTE = {"jsonrpc": "2.0", "id": None, "error": {"code": 404, "message": "404: Not Found"}}
NO_KEY = {"name": "werkzeug.exceptions.Unauthorized", "message": "User not authenticated"}


def version(text):
    return returned(Protocol.JSON_RPC, {"server_version": text, "protocol_version": 1})


@pytest.mark.odoo
def test_odoo_19_speaks_json2(odoo):
    assert detect_protocol(odoo.url, odoo.database) is Protocol.JSON2


@pytest.mark.odoo
def test_odoo_19_without_its_database_is_no_old_odoo(odoo):
    with pytest.raises(OdooUnavailable, match="no JSON-2"):
        detect_protocol(odoo.url, "odoo_no_such_database")


def test_asks_without_a_key_for_the_database_and_for_nothing_more(server):
    server.will_answer(in_json(NO_KEY, status=401))

    assert detect_protocol(f"{server.url}/", "demo") is Protocol.JSON2

    [request] = server.received
    assert request.path == "/json/2/res.users/context_get"
    assert request.headers["X-Odoo-Database"] == "demo"
    assert "Authorization" not in request.headers


@pytest.mark.parametrize("no_json2", [in_html(404), in_json(NO_ROUTE)], ids=["html", "json"])
@pytest.mark.parametrize("text", ["17.0", "18.0-20250101", "saas~18.3", "saas-17.4+e"])
def test_an_odoo_that_says_it_is_older_than_19_speaks_json_rpc(server, no_json2, text):
    server.will_answer(no_json2, version(text))

    assert detect_protocol(server.url, "demo") is Protocol.JSON_RPC
    assert [request.path for request in server.received] == [
        "/json/2/res.users/context_get",
        "/jsonrpc",
    ]


@pytest.mark.parametrize(
    "second",
    [
        version("19.0"),
        version("saas~19.2"),
        version("master"),
        version(17),
        returned(Protocol.JSON_RPC, [17]),
        in_html(404),
        in_html(502),
        in_json(NO_ROUTE),
        in_json({}),
        Canned(hang_up=True),
    ],
)
def test_whoever_does_not_say_so_is_no_old_odoo(server, second):
    server.will_answer(in_html(404), second)

    with pytest.raises(OdooUnavailable):
        detect_protocol(server.url, "demo")


@pytest.mark.parametrize("first", [Canned(hang_up=True), Canned(body=b"{}", cut=1)])
def test_a_lost_first_answer_is_an_outage(server, first):
    server.will_answer(first)

    with pytest.raises(OdooUnavailable):
        detect_protocol(server.url, "demo")

    assert len(server.received) == 1


def test_a_proxy_that_wants_a_password_is_not_json2(server):
    server.will_answer(in_html(401))

    with pytest.raises(OdooError):
        detect_protocol(server.url, "demo")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValueError, match="address"):
        detect_protocol("odoo.example.com", "demo")
