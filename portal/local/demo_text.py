"""A text from a customer to the running demo, posted and signed as Quo does."""

import base64
import hashlib
import hmac
import json
import os
import time
import uuid

import requests

from portal.local import demo_env
from portal.local.ports import NotReady

WORDS, SENDER = "Do you have 2 cords of oak?", "+16035550142"


def send() -> None:
    """send a text to the running demo: TEXT="2 cords of oak?" FROM=+16035550142"""
    values = demo_env.read()
    body = payload(words=os.environ.get("TEXT") or WORDS, sender=os.environ.get("FROM") or SENDER)
    url = f"{values.get('PORTAL_URL', '')}/webhook/quo"
    try:
        answer = requests.post(url, data=body, headers=signed(body, values), timeout=10)
        answer.raise_for_status()
    except (requests.RequestException, KeyError) as exc:
        raise NotReady("The text goes to the running demo: start it with `make demo`.") from exc
    print(f"{answer.status_code}: the text is in the inbox, {values['PORTAL_URL']}/inbox/")


def payload(*, words: str, sender: str) -> bytes:
    """Return a delivery of the kind ``message.received``, in Quo's shape of 2026-03-30."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    resource = {"id": f"AC{uuid.uuid4().hex}", "direction": "incoming", "text": words}
    told = {
        "id": f"EV{uuid.uuid4().hex}",
        "apiVersion": "2026-03-30",
        "type": "message.received",
        "createdAt": now,
        "data": {
            "resource": {**resource, "media": [], "status": "received", "createdAt": now},
            "context": {"senderIdentifier": sender, "recipientIdentifiers": ["+16035550100"]},
        },
    }
    return json.dumps(told).encode()


def signed(body: bytes, values: dict[str, str]) -> dict[str, str]:
    """Return the headers with which Quo would sign it (Standard Webhooks)."""
    name, stamp = f"msg_{uuid.uuid4().hex}", str(int(time.time()))
    key = base64.b64decode(values["QUO_WEBHOOK_KEY"].removeprefix("whsec_"))
    mac = hmac.new(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(mac).decode()}",
    }
