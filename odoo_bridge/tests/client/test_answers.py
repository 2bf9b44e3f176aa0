"""The table of answers of JSON-2: one row, one test, for a read and for a write."""

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
from odoo_bridge.client.json2 import answer_of
from odoo_bridge.client.kinds import Kind

CALL = "sale.order.action_confirm"


def said(status, name, message="Words.", **more):
    content = {"name": name, "message": message, "debug": "Traceback …", **more}
    return HttpAnswer(status, "application/json; charset=utf-8", json.dumps(content).encode())


def html(status, **more):
    return HttpAnswer(status, "text/html; charset=utf-8", b"<html>No.</html>", **more)


def error_of(answer, kind):
    with pytest.raises(OdooError) as raised:
        answer_of(answer, kind, CALL)
    return raised.value


@pytest.mark.parametrize("result", [None, True, False, 0, [], [7], {"type": "ir.actions.client"}])
def test_200_in_json_is_what_the_method_returned(result):
    answer = HttpAnswer(200, "application/json", json.dumps(result).encode())

    assert answer_of(answer, Kind.WRITE, CALL) == result


def test_a_result_that_looks_like_an_error_is_still_a_result():
    answer = said(200, "odoo.exceptions.UserError")

    assert answer_of(answer, Kind.READ, CALL)["name"] == "odoo.exceptions.UserError"


@pytest.mark.parametrize(
    ("status", "name", "meant"),
    [
        (401, "werkzeug.exceptions.Unauthorized", OdooUnauthorized),
        (403, "odoo.exceptions.AccessError", OdooForbidden),
        (403, "odoo.exceptions.AccessDenied", OdooForbidden),
        (403, "werkzeug.exceptions.Forbidden", OdooForbidden),
        (404, "werkzeug.exceptions.NotFound", OdooUnsupported),
        (404, "odoo.exceptions.MissingError", OdooMissing),
        (409, "odoo.exceptions.LockError", OdooOverloaded),
        (400, "werkzeug.exceptions.BadRequest", OdooBroken),
        (413, "werkzeug.exceptions.RequestEntityTooLarge", OdooBroken),
        (415, "werkzeug.exceptions.UnsupportedMediaType", OdooBroken),
        (422, "werkzeug.exceptions.UnprocessableEntity", OdooBroken),
        (422, "odoo.exceptions.UserError", OdooRejected),
        (422, "odoo.exceptions.ValidationError", OdooRejected),
        (500, "odoo.exceptions.RedirectWarning", OdooRejected),
        (500, "odoo.exceptions.ConcurrencyError", OdooOverloaded),
        (500, "psycopg2.errors.SerializationFailure", OdooOverloaded),
        (500, "psycopg2.errors.DeadlockDetected", OdooOverloaded),
        (500, "psycopg2.errors.LockNotAvailable", OdooOverloaded),
        (500, "psycopg2.errors.QueryCanceled", OdooOverloaded),
        (500, "psycopg2.pool.PoolError", OdooUnavailable),
        (500, "psycopg2.errors.DiskFull", OdooUnavailable),
        (500, "psycopg2.errors.ReadOnlySqlTransaction", OdooUnavailable),
        (500, "psycopg2.errors.UndefinedColumn", OdooBroken),
        (500, "builtins.ValueError", OdooBroken),
        (500, "builtins.TypeError", OdooBroken),
        (500, "builtins.KeyError", OdooBroken),
        (500, "builtins.AttributeError", OdooBroken),
        (500, "builtins.AssertionError", OdooBroken),
    ],
)
@pytest.mark.parametrize("kind", Kind)
def test_what_odoo_says_by_name_means_the_same_for_every_kind_of_call(status, name, meant, kind):
    error = error_of(said(status, name), kind)

    assert type(error) is meant
    assert (error.call, error.cause, error.status, error.reason) == (CALL, name, status, "Words.")


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        (401, OdooUnauthorized),
        (403, OdooForbidden),
        (404, OdooUnsupported),
        (409, OdooOverloaded),
        (422, OdooRejected),
    ],
)
def test_an_error_of_a_module_we_do_not_know_means_what_its_status_says(status, meant):
    error = error_of(said(status, "odoo.addons.acme.errors.Odd"), Kind.WRITE_RECORDS)

    assert type(error) is meant


def test_the_name_counts_for_more_than_the_status():
    error = error_of(said(500, "odoo.exceptions.MissingError"), Kind.WRITE_RECORDS)

    assert type(error) is OdooMissing


@pytest.mark.parametrize(
    "name",
    [
        "psycopg2.OperationalError",
        "psycopg2.InterfaceError",
        "psycopg2.errors.AdminShutdown",
        "psycopg2.errors.CrashShutdown",
    ],
)
def test_a_database_that_dies_under_a_write_leaves_its_outcome_unknown(name):
    """The connection may have died after COMMIT was sent."""
    assert type(error_of(said(500, name), Kind.WRITE)) is OutcomeUnknown
    assert type(error_of(said(500, name), Kind.READ)) is OdooUnavailable


@pytest.mark.parametrize("name", ["smtplib.SMTPException", "builtins.OSError", "acme.Odd"])
def test_a_500_that_a_post_commit_hook_may_have_raised_leaves_a_write_unknown(name):
    assert type(error_of(said(500, name), Kind.WRITE)) is OutcomeUnknown
    assert type(error_of(said(500, name), Kind.READ)) is OdooBroken


@pytest.mark.parametrize("status", [400, 403, 404, 408, 409, 422, 429])
@pytest.mark.parametrize("kind", Kind)
def test_a_refusal_that_is_not_in_odoos_words_is_an_outage(status, kind):
    """Odoo answers 404 in HTML when its database is away: that is no missing record."""
    assert type(error_of(html(status), kind)) is OdooUnavailable


def test_a_404_in_json_of_somebody_elses_is_an_outage_too():
    answer = HttpAnswer(404, "application/json", b'{"error": "no such route"}')

    assert type(error_of(answer, Kind.READ)) is OdooUnavailable


@pytest.mark.parametrize(
    ("status", "meant"), [(401, OdooUnauthorized), (413, OdooBroken), (415, OdooBroken)]
)
def test_these_mean_what_they_say_in_any_words(status, meant):
    assert type(error_of(html(status), Kind.WRITE)) is meant


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_5xx_that_is_not_in_odoos_words_leaves_a_write_unknown(status):
    assert type(error_of(html(status), Kind.WRITE)) is OutcomeUnknown
    assert type(error_of(html(status), Kind.READ)) is OdooUnavailable


@pytest.mark.parametrize(
    "answer",
    [
        html(200),
        HttpAnswer(200, "application/json", b'{"ids": [1, 2'),
        HttpAnswer(200, "application/json", b"\xff\xfe\xfa"),
        HttpAnswer(200, "application/json", b"[" * 100_000),
        HttpAnswer(200, "", b"true"),
        HttpAnswer(204, "", b""),
    ],
    ids=["html", "cut", "no text", "too deep", "no type", "empty"],
)
def test_a_success_that_cannot_be_read_leaves_a_write_unknown(answer):
    assert type(error_of(answer, Kind.WRITE_RECORDS)) is OutcomeUnknown
    assert type(error_of(answer, Kind.READ_RECORDS)) is OdooUnavailable


def test_a_truncated_error_is_nobodys_words():
    answer = HttpAnswer(500, "application/json", b'{"name": "odoo.exceptions.UserErr')

    assert type(error_of(answer, Kind.WRITE)) is OutcomeUnknown


@pytest.mark.parametrize("kind", Kind)
def test_a_redirect_is_a_wrong_address_and_says_which_is_right(kind):
    error = error_of(html(301, location="https://odoo.example.com/json/2/res.partner/read"), kind)

    assert type(error) is OdooUnavailable
    assert error.reason == "Odoo's address is wrong: it sends us on to https://odoo.example.com."


def test_a_redirect_without_a_target_is_one_all_the_same():
    assert "another place" in error_of(html(302), Kind.READ).reason


def test_the_refusal_with_a_button_keeps_its_sentence_only():
    answer = said(
        500,
        "odoo.exceptions.RedirectWarning",
        message="('Set an account first.', 12, 'Go')",
        arguments=["Set an account first.", 12, "Go"],
    )

    assert error_of(answer, Kind.WRITE).reason == "Set an account first."


def test_debug_is_never_kept():
    error = error_of(said(500, "builtins.ValueError", debug="SECRET"), Kind.READ)

    assert "SECRET" not in f"{error!r} {error} {error.reason} {error.args} {vars(error)}"
