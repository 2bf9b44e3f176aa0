"""Twilio's signature, with the published vector."""

import base64
import datetime as dt
import hashlib
import hmac
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.source import Post
from crm_intake.tests.conftest import fields
from crm_intake.twilio.form import FORM
from crm_intake.twilio.signature import check

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
TOKEN = "12345"
CALL = fields("signed_as_published")
SIGNATURE = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="  # as published with these values
SMS, SENT, DELIVERED = (fields(name) for name in ("sms", "status_sent", "status_delivered"))


def signed(text, token=TOKEN):
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def judge(form=CALL, *, url=URL, signature=SIGNATURE, body=None, kind=FORM, tokens=(TOKEN,)):
    headers = {"Content-Type": kind, "X-Twilio-Signature": signature}
    body = urlencode(form).encode() if body is None else body
    return check(Post(url=url, headers=headers, body=body, door="sms", at=NOW), tokens=tokens)


def told(form):
    return "".join(name + form[name] for name in sorted(form))


def test_the_published_vector_is_good():
    verdict = judge()

    assert not verdict.refused
    assert verdict.delivery_id == "CA1234567890ABCDE"


def test_a_text_and_each_of_its_states_are_deliveries_of_their_own():
    names = [
        judge(form, signature=signed(URL + told(form))).delivery_id
        for form in (SMS, SENT, DELIVERED)
    ]

    received, sent = SMS["MessageSid"], SENT["MessageSid"]
    assert names == [f"{received}:received", f"{sent}:sent", f"{sent}:delivered"]


@pytest.mark.parametrize("form", [{"a": "1"}, {"MessageSid": "S" * 300}, {"MessageSid": "S\n1"}])
def test_what_names_nothing_is_known_by_its_body(form):
    verdict = judge(form, signature=signed(URL + told(form)))

    assert verdict.delivery_id.startswith("sha256:")


@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=8))
def test_whatever_is_posted_is_signed_as_a_whole(form):
    form = {name: value for name, value in form.items() if (name + value).isprintable()}
    form["From"] = "+1"
    signature = signed(URL + told(form))

    assert not judge(form, signature=signature).refused
    assert judge(form | {"From": "+2"}, signature=signature).reason == "wrong signature"
    assert judge(form | {"more": ""}, signature=signature).reason == "wrong signature"


def test_a_name_that_comes_twice_is_signed_with_both_values():
    signature = signed(f"{URL}a1a2")

    assert not judge(body=b"a=2&a=1&a=2", signature=signature).refused
    assert judge(body=b"a=1", signature=signature).refused


@pytest.mark.parametrize(
    ("called", "signed_as"),
    [
        ("https://a.test/sms", "https://a.test:443/sms"),
        ("https://a.test:443/sms", "https://a.test/sms"),
        ("http://a.test/sms", "http://a.test:80/sms"),
        ("https://a.test:8443/sms", "https://a.test:8443/sms"),
    ],
)
def test_the_usual_port_may_be_named_or_not(called, signed_as):
    assert not judge(SMS, url=called, signature=signed(signed_as + told(SMS))).refused


def test_another_port_is_another_address():
    signature = signed("https://a.test/sms" + told(SMS))

    assert judge(SMS, url="https://a.test:8443/sms", signature=signature).refused


def test_two_tokens_are_good_during_a_rotation():
    assert not judge(tokens=("another", TOKEN)).refused
    assert judge(tokens=("another",)).reason == "wrong signature"


def test_a_body_of_another_kind_is_signed_by_its_hash():
    body = b'{"a": 1}'
    url = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}"

    given = {"url": url, "signature": signed(url), "kind": "application/json"}
    assert not judge(body=body, **given).refused
    assert judge(body=b'{"a": 2}', **given).reason == "wrong body hash"
    assert judge(body=body, kind="application/json").reason == "wrong body hash"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"signature": ""}, "no signature"),
        ({"tokens": ()}, "no key for this scheme"),
        ({"signature": "é"}, "wrong signature"),
        ({"body": b"a=\xff"}, "unreadable form"),
        ({"body": b"&".join([b"a=1"] * 501)}, "unreadable form"),
        ({"url": "https://elsewhere.test/"}, "wrong signature"),
    ],
)
def test_what_proves_nothing_is_refused_with_a_reason(words, reason):
    assert judge(**words).reason == reason
