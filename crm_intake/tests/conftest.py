"""Quo, as it posts to us: real payload shapes, signed in both schemes; and Twilio's forms."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from crm_intake.models import Message, Person
from crm_intake.tasks import understand_deliveries
from crm_intake.tests.fixtures import ANN, customer, noon, provider, tell
from portal.accounts.models import Role

__all__ = ["customer", "noon", "provider", "tell"]
PAYLOADS = Path(__file__).parent / "payloads"
NEW_KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
LEGACY_SECRET = "R2ZLM2o0bFhBNVpyUnU2NG9mYXQ1MHNyR3pvSUhIVVg="


def payload(name):
    """Return a payload's bytes as they would come over the wire."""
    return (PAYLOADS / f"{name}.json").read_bytes().strip()


def form(name):
    """Return the bytes of a form of Twilio's as they would come over the wire."""
    return (PAYLOADS / f"twilio_{name}.form").read_bytes().strip()


def fields(name):
    """Return the fields of a form of Twilio's, for a test that changes some."""
    return dict(parse_qsl(form(name).decode(), keep_blank_values=True, strict_parsing=True))


def _mac(secret, message):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()


def new_headers(body, *, delivery_id="msg_1", at=None, key=NEW_KEY):
    """Sign as webhooks since 2026-03-30 do."""
    stamp = str(int(at or time.time()))
    signature = _mac(key, f"{delivery_id}.{stamp}.".encode() + body)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def legacy_headers(body, *, at=None, secret=LEGACY_SECRET):
    """Sign as legacy webhooks do."""
    stamp = str(int((at or time.time()) * 1000))
    return {"openphone-signature": f"hmac;1;{stamp};{_mac(secret, f'{stamp}.'.encode() + body)}"}


@pytest.fixture
def quo(client, db, settings):
    """Post to the door: ``quo(payload("message_2026"), new_headers(...))``."""
    settings.QUO_WEBHOOK_KEY, settings.QUO_SIGNING_SECRET = [NEW_KEY], [LEGACY_SECRET]

    def post(body, headers=None):
        return client.post(
            "/webhook/quo",
            body,
            content_type="application/json",
            headers=new_headers(body) if headers is None else headers,
        )

    return post


@pytest.fixture
def told(quo):
    """Let Quo tell something, and understand it: ``told("call_2026")``."""

    def tell(*names, change=None):
        for name in names:
            body = payload(name)
            if change:
                body = json.dumps(change(json.loads(body))).encode()
            legacy = "legacy" in name or "wrapped" in name
            headers = (
                legacy_headers(body) if legacy else new_headers(body, delivery_id=str(uuid.uuid4()))
            )
            assert quo(body, headers).status_code == 204
        understand_deliveries()

    return tell


@pytest.fixture
def says(told):
    """Let Ann write, and return her: ``says("2 cords of oak?")``."""

    def write(text):
        def change(body):
            body["data"]["resource"]["id"] = f"AC{Message.objects.count()}"
            body["data"]["resource"]["text"] = text
            return body

        told("message_2026", change=change)
        return Person.objects.filter(numbers__number=ANN).first()

    return write


@pytest.fixture
def office(signed_in):
    return signed_in(Role.OFFICE)


@pytest.fixture
def ann(told):
    """Return Ann, who has written and called."""
    told("message_2026", "call_2026")
    return Person.objects.get(numbers__number="+16065550123")
