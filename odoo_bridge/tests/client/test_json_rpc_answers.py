"""The table of answers of JSON-RPC: always HTTP 200, and nearly the same names."""

import json

import pytest

from odoo_bridge.client.answers import HttpAnswer
from odoo_bridge.client.errors import (
    OdooBroken,
    OdooError,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
)
from odoo_bridge.client.json_rpc import answer_of
from odoo_bridge.client.kinds import Kind

CALL = "sale.order.action_confirm"


def in_json(content, status=200):
    return HttpAnswer(status, "application/json; charset=utf-8", json.dumps(content).encode())


def returned(**more):
    return in_json({"jsonrpc": "2.0", "id": 1, **more})


def said(name, message="Words.", **more):
    data = {"name": name, "message": message, "debug": "Traceback: SECRET", **more}
    return returned(error={"code": 0, "message": "Odoo Server Error", "data": data})


def error_of(answer, kind=Kind.WRITE_RECORDS):
    with pytest.raises(OdooError) as raised:
        answer_of(answer, kind, CALL)
    return raised.value


@pytest.mark.parametrize("result", [True, False, 0, [], [7], {"type": "ir.actions.client"}])
def test_a_result_is_what_the_method_returned(result):
    assert answer_of(returned(result=result), Kind.WRITE, CALL) == result


def test_no_result_is_none_and_a_success():
    assert answer_of(returned(), Kind.WRITE, CALL) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("odoo.exceptions.AccessError", OdooForbidden),
        ("odoo.exceptions.AccessDenied", OdooForbidden),
        ("odoo.exceptions.MissingError", OdooMissing),
        ("odoo.exceptions.LockError", OdooOverloaded),
        ("odoo.exceptions.UserError", OdooRejected),
        ("odoo.exceptions.ValidationError", OdooRejected),
        ("odoo.exceptions.RedirectWarning", OdooRejected),
        ("odoo.exceptions.ConcurrencyError", OdooOverloaded),
        ("psycopg2.errors.SerializationFailure", OdooOverloaded),
        ("psycopg2.pool.PoolError", OdooUnavailable),
        ("psycopg2.errors.UndefinedColumn", OdooBroken),
        ("builtins.ValueError", OdooBroken),
        ("builtins.TypeError", OdooBroken),
        ("builtins.IndexError", OdooBroken),
        ("werkzeug.exceptions.Unauthorized", OdooUnauthorized),
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_what_odoo_says_by_name_means_what_it_means_over_json2(name, meant, kind):
    error = error_of(said(name), kind)

    assert type(error) is meant
    assert (error.call, error.cause, error.status, error.reason) == (CALL, name, 200, "Words.")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("odoo.exceptions.UserError", "Object sale.order doesn't exist"),
        ("builtins.AttributeError", "The method 'sale.order.action_confirm' does not exist"),
        ("builtins.AttributeError", "type object 'sale.order' has no attribute 'action_confirm'"),
    ],
    ids=["model", "method", "method, in Odoo 17"],
)
def test_a_model_or_a_method_that_is_not_there_is_known_by_its_sentence(name, message):
    assert type(error_of(said(name, message))) is OdooUnsupported


@pytest.mark.parametrize(
    ("name", "message", "meant"),
    [
        ("odoo.exceptions.UserError", "Object sale.order.line doesn't exist", OdooRejected),
        ("builtins.AttributeError", "'bool' object has no attribute 'id'", OdooBroken),
        ("builtins.AttributeError", "The method 'a.b.c' does not exist", OdooBroken),
    ],
)
def test_the_same_words_about_another_name_come_from_inside_a_method(name, message, meant):
    assert type(error_of(said(name, message))) is meant


def test_a_path_that_is_not_there_is_an_outage_and_no_missing_method():
    assert type(error_of(said("werkzeug.exceptions.NotFound", "404: Not Found"))) is OdooUnavailable


@pytest.mark.parametrize("name", ["psycopg2.OperationalError", "builtins.OSError", "acme.Odd"])
def test_what_may_come_after_the_commit_leaves_a_write_unknown(name):
    assert type(error_of(said(name), Kind.WRITE)) is OutcomeUnknown
    assert isinstance(error_of(said(name), Kind.READ), OdooUnavailable | OdooBroken)


@pytest.mark.parametrize(
    "answer",
    [
        HttpAnswer(200, "text/html", b"<html>Hello</html>"),
        HttpAnswer(200, "application/json", b'{"jsonrpc": "2.0", "resu'),
        in_json([]),
        in_json({}),
        in_json({"id": 1, "result": True}),
        returned(error="No."),
        returned(error={"code": 1, "message": "No."}),
        returned(error={"data": {"name": 5, "message": "No."}}),
        returned(error=None),
        HttpAnswer(502, "text/html", b"<html>Bad gateway</html>"),
        in_json({"jsonrpc": "2.0", "id": 1, "result": True}, status=500),
    ],
)
def test_what_cannot_be_read_leaves_a_write_unknown(answer):
    assert type(error_of(answer, Kind.WRITE)) is OutcomeUnknown
    assert type(error_of(answer, Kind.READ)) is OdooUnavailable


@pytest.mark.parametrize("status", [301, 403, 404, 408])
def test_a_refusal_that_is_not_in_odoos_words_is_an_outage(status):
    error = error_of(HttpAnswer(status, "text/html", b"<html>No.</html>", "https://a.example/x"))

    assert type(error) is OdooUnavailable


def test_debug_is_never_kept():
    error = error_of(said("builtins.ValueError"))

    assert "SECRET" not in f"{error!r} {error} {error.reason} {error.args} {vars(error)}"
