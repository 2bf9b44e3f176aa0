"""Quo's two signature schemes, by the published vectors and by what may go wrong."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_intake.quo.signature import QuoKeys, check, decoded
from crm_intake.tests.conftest import LEGACY_SECRET, NEW_KEY, legacy_headers, new_headers

OTHER_SECRET = "b3RoZXItc2VjcmV0LW90aGVyLXNlY3JldA=="
KEYS = QuoKeys(
    new=(NEW_KEY,),
    legacy=(LEGACY_SECRET,),
    new_window=dt.timedelta(minutes=5),
    legacy_window=dt.timedelta(hours=48),
)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
BODY = b'{"id": "EV1", "type": "x"}'


def judge(headers, body=BODY, keys=KEYS, now=NOW):
    return check(headers=headers, body=body, now=now, keys=keys)


def test_the_published_vector_of_the_new_scheme_is_good():
    verdict = judge(
        {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
        body=b'{"test": 2432232314}',
        now=dt.datetime.fromtimestamp(1614265330, dt.UTC),
    )

    assert not verdict.refused
    assert (verdict.delivery_id, verdict.late) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", False)


def test_the_vector_of_the_legacy_scheme_is_good():
    body = (
        b'{"id":"EV1","object":"event","apiVersion":"v3","type":"message.received","data":'
        b'{"object":{"id":"AC1","object":"message","from":"+18005550100","to":"+18885550101",'
        b'"direction":"incoming","body":"STOP","media":[],"status":"received"}}}'
    )
    signature = "RK5gGXEyy08mOSetOJB2SzNe8w9zNB8vbT8h7aO6qyA="

    verdict = judge(
        {"openphone-signature": f"hmac;1;1639710054089;{signature}"},
        body=body,
        now=dt.datetime.fromtimestamp(1639710054, dt.UTC),
    )

    assert not verdict.refused
    assert (verdict.delivery_id, verdict.late) == ("EV1", False)


@pytest.mark.parametrize("sign", [new_headers, legacy_headers])
def test_one_changed_byte_is_refused(sign):
    headers = sign(BODY, at=NOW.timestamp())

    assert not judge(headers).refused
    assert judge(headers, body=BODY + b" ").reason == "wrong signature"


@pytest.mark.parametrize(
    ("sign", "seconds", "late"),
    [
        (new_headers, 299, False),
        (new_headers, 301, True),
        (new_headers, -301, True),
        (legacy_headers, 47 * 3600, False),
        (legacy_headers, 49 * 3600, True),
    ],
)
def test_outside_its_window_a_good_signature_is_late_and_not_refused(sign, seconds, late):
    verdict = judge(sign(BODY, at=NOW.timestamp() - seconds))

    assert (verdict.refused, verdict.late) == (False, late)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "no signature"),
        ({"x-hub-signature-256": "sha256=0"}, "no signature"),
        ({"webhook-signature": "v1,eA=="}, "no delivery id"),
        ({"webhook-signature": "v1,eA==", "webhook-id": "x" * 201}, "no delivery id"),
        ({"webhook-signature": "v1,eA==", "webhook-id": "x"}, "unreadable timestamp"),
        (
            {"webhook-signature": "v1,eA==", "webhook-id": "x", "webhook-timestamp": "9" * 15},
            "unreadable timestamp",
        ),
        (
            {"webhook-signature": "v1,ü v2,x", "webhook-id": "x", "webhook-timestamp": "1"},
            "wrong signature",
        ),
        ({"openphone-signature": "hmac;1;soon;eA=="}, "unreadable timestamp"),
        ({"openphone-signature": "hmac;2;1;eA=="}, "unknown scheme"),
        ({"openphone-signature": "v1,eA=="}, "unknown scheme"),
        ({"openphone-signature": "hmac;1;1;eA=="}, "wrong signature"),
    ],
)
def test_what_proves_nothing_is_refused_with_its_reason(headers, reason):
    verdict = judge(headers)

    assert verdict.refused
    assert verdict.reason == reason


@pytest.mark.parametrize("sign", [new_headers, legacy_headers])
def test_a_scheme_without_a_key_of_ours_is_refused(sign):
    keys = QuoKeys(new=(), legacy=(), new_window=KEYS.new_window, legacy_window=KEYS.legacy_window)

    assert judge(sign(BODY), keys=keys).reason == "no key for this scheme"


def test_two_secrets_are_valid_while_one_is_being_replaced():
    keys = QuoKeys(
        new=(f"whsec_{OTHER_SECRET}", NEW_KEY),
        legacy=("not base64!", OTHER_SECRET, LEGACY_SECRET),
        new_window=KEYS.new_window,
        legacy_window=KEYS.legacy_window,
    )

    assert not judge(new_headers(BODY, at=NOW.timestamp()), keys=keys).refused
    assert not judge(legacy_headers(BODY, at=NOW.timestamp()), keys=keys).refused


def test_any_of_several_signatures_may_be_the_good_one():
    good = new_headers(BODY, at=NOW.timestamp())
    good["webhook-signature"] = f"v1,eA== {good['webhook-signature']}"
    legacy = legacy_headers(BODY, at=NOW.timestamp())["openphone-signature"]

    assert not judge(good).refused
    assert not judge({"openphone-signature": f"hmac;1;1;eA==, {legacy}"}).refused


@pytest.mark.parametrize(
    ("body", "delivery_id"),
    [
        (b'{"id": "EV7"}', "EV7"),
        (b'{"object": {"id": "EV8"}}', "EV8"),
    ],
)
def test_a_legacy_delivery_is_known_by_its_envelope(body, delivery_id):
    verdict = judge(legacy_headers(body, at=NOW.timestamp()), body=body)

    assert verdict.delivery_id == delivery_id


@pytest.mark.parametrize(
    "body", [b"no json", b"[]", b"{}", b'{"id": 7}', b'{"id": "\\u0000"}', b"[" * 200_000]
)
def test_a_legacy_delivery_without_an_id_is_known_by_its_bytes(body):
    verdict = judge(legacy_headers(body, at=NOW.timestamp()), body=body)

    assert verdict.delivery_id.startswith("sha256:")


@given(
    st.binary(max_size=50),
    st.dictionaries(
        st.sampled_from(
            ["webhook-id", "webhook-timestamp", "webhook-signature", "openphone-signature"]
        ),
        st.text(max_size=40),
    ),
)
def test_nothing_that_anybody_can_send_breaks_the_check(body, headers):
    assert judge(headers, body=body).refused


@pytest.mark.parametrize("secret", ["", "a", "R2ZL M2o0", "ü"])
def test_a_secret_that_was_pasted_wrongly_is_no_secret(secret):
    assert decoded(secret) is None
