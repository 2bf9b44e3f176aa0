"""Refusals as toasts, and log-ins that expired under an open page."""

import json

import pytest
from django.contrib.messages import get_messages

from portal.core.http import render_page_or_partial
from portal.core.middleware import RefusalsAsToasts

pytestmark = [pytest.mark.django_db, pytest.mark.urls("portal.core.tests.urls")]


def test_an_htmx_request_gets_the_refusal_as_a_toast_and_keeps_the_page(client):
    answer = client.get("/refused", headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.headers["HX-Reswap"] == "none"
    told = json.loads(answer.headers["HX-Trigger"])
    assert told == {"toast": {"text": "There are too many trucks. Sell one."}}


@pytest.mark.parametrize(
    ("came_from", "sent_back_to"),
    [("http://testserver/live", "/live"), ("https://evil.test/", "/"), ("", "/")],
)
def test_a_plain_request_goes_back_to_where_it_came_from(client, came_from, sent_back_to):
    answer = client.get("/refused", headers={"Referer": came_from} if came_from else {})

    assert answer.status_code == 302
    assert answer.url == sent_back_to
    assert [str(m) for m in get_messages(answer.wsgi_request)] == [
        "There are too many trucks. Sell one."
    ]


def test_a_bug_is_not_shown_as_a_refusal(rf):
    assert RefusalsAsToasts(lambda request: None).process_exception(rf.get("/"), KeyError()) is None


def test_a_bug_shows_the_number_of_the_request_and_nothing_of_the_bug(client):
    client.raise_request_exception = False

    answer = client.get("/broken", headers={"X-Request-ID": "find-me-4711"})

    assert answer.status_code == 500
    assert "find-me-4711" in answer.text
    assert "secret detail" not in answer.text


def test_an_expired_log_in_sends_the_whole_page_to_the_log_in(client):
    answer = client.get(
        "/setup/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/setup/?tab=people&page=2",
        },
    )

    assert answer.status_code == 200
    assert (
        answer.headers["HX-Redirect"]
        == "/account/login/?next=%2Fsetup%2F%3Ftab%3Dpeople%26page%3D2"
    )


def test_a_form_without_its_token_is_told_so_in_plain_words():
    from django.test import Client  # noqa: PLC0415 - one that checks the token

    answer = Client(enforce_csrf_checks=True).post("/account/login/")

    assert answer.status_code == 403
    assert "This form has expired" in answer.text


def test_htmx_gets_the_partial_and_everybody_else_the_page(rf):
    class Htmx:
        boosted = history_restore_request = False

    request = rf.get("/")
    request.htmx = None
    page = render_page_or_partial(
        request, "errors/error.html", "office/_steps.html", {"title": "T"}
    )
    request.htmx = Htmx()
    partial = render_page_or_partial(
        request, "errors/error.html", "office/_steps.html", {"steps": []}, status=422
    )

    assert "<html" in page.text
    assert "<html" not in partial.text
    assert (page.status_code, partial.status_code) == (200, 422)
    assert "HX-Request" in page.headers["Vary"]


@pytest.mark.parametrize("address", ["/live?q=%00", "/live/%00"])
def test_an_address_with_a_nul_is_refused_before_the_database_is_asked(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://testserver/setup/?tab=people", "%2Fsetup%2F%3Ftab%3Dpeople"),
        ("http://elsewhere.example/setup/", "%2F"),
        ("", "%2F"),
    ],
)
def test_a_form_sent_after_the_log_in_expired_leads_back_to_its_page(client, db, before, back):
    answer = client.post("/setup/profile", headers={"Referer": before})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/account/login/?next={back}"
    assert "nothing was saved" in client.get(answer.headers["Location"]).text


@pytest.mark.parametrize("address", ["/driver/acts", "/driver/positions"])
def test_a_phone_that_sends_by_itself_is_not_told_that_nothing_was_saved(client, db, address):
    answer = client.post(address, {"acts": []}, content_type="application/json")

    assert answer.status_code == 302
    assert "nothing was saved" not in client.get(answer.headers["Location"]).text


def test_the_address_of_a_form_opened_as_a_page_says_so(admin):
    answer = admin.get("/setup/profile")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "only takes what a form sends" in answer.text
