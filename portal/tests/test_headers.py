"""What every answer carries, whoever gave it."""

import re

import pytest

PAGES = ["/account/login/", "/health", "/nothing-here", "/"]


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_is_strict_about_content(db, client, page):
    headers = client.get(page).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_has_a_request_id_of_its_own(db, client, page):
    ids = {client.get(page).headers["X-Request-ID"] for _ in range(2)}

    assert len(ids) == 2
    assert all(re.fullmatch(r"[0-9a-f-]{36}", request_id) for request_id in ids)


def test_a_proxy_s_request_id_is_kept(client):
    answer = client.get("/health/live", headers={"X-Request-ID": "proxy-4711-abc"})

    assert answer.headers["X-Request-ID"] == "proxy-4711-abc"


@pytest.mark.parametrize("forged", ["short", "x" * 65, "a b c d e f", 'quote"quote'])
def test_a_request_id_that_is_none_is_replaced(client, forged):
    answer = client.get("/health/live", headers={"X-Request-ID": forged})

    assert answer.headers["X-Request-ID"] != forged


def test_a_request_that_cannot_be_read_gets_a_page(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example.com"]

    answer = client.get("/health/live", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "We could not read that request" in answer.text


def test_an_unknown_address_gets_a_page_with_the_number_of_the_request(signed_in):
    answer = signed_in("OFFICE").get("/nothing-here", headers={"X-Request-ID": "look-me-up-1"})

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert "look-me-up-1" in answer.text
