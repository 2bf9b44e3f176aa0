"""Each source has a folder, its own signature, and doors of its own."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from crm_intake.errors import NotUnderstood
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import (
    Call,
    LedgerEvent,
    Message,
    RefusedDelivery,
    StopMark,
    WebhookDelivery,
)
from crm_intake.selectors.consent import standing_of
from crm_intake.signatures import is_signed
from crm_intake.sources import SOURCES
from crm_intake.tasks import understand_deliveries
from crm_intake.tests.conftest import fields
from crm_intake.tests.test_twilio_signature import signed, told
from portal.office.selectors.first_run import first_run_steps

SECRET = "a-secret-of-sixteen"
TEXT, STOP = fields("sms"), fields("stop")
POSTED = {
    "type": "text",
    "id": "1",
    "from": "(606) 555-0123",
    "to": "+15550000001",
    "text": "2 cords?",
    "at": "2026-11-20T16:00:00Z",
}


def test_each_folder_with_a_source_is_one():
    assert list(SOURCES) == ["github", "quo", "signed", "twilio"]
    assert reverse("webhook:twilio-sms") == "/webhook/twilio/sms"
    assert reverse("webhook:github") == "/webhook/github"


@pytest.fixture
def twilio(client, db, settings):
    """Post a form to one of Twilio's doors, signed for the public address."""
    settings.TWILIO_AUTH_TOKEN = ["older", "12345"]
    settings.PUBLIC_URL = "https://portal.example"

    def post(form, door="sms", **headers):
        path = f"/webhook/twilio/{door}"
        signature = signed(f"https://portal.example{path}{told(form)}")
        return client.post(
            path,
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signature, "Host": "testserver"} | headers,
        )

    return post


def test_a_text_at_twilio_becomes_a_lead_and_is_answered_with_a_document(twilio):
    answer = twilio(TEXT)
    understand_deliveries()

    assert (answer.status_code, answer.content) == (200, b"<Response/>")
    assert answer["Content-Type"] == "text/xml"
    assert Message.objects.get().lead.person.numbers.get().number == "+16065550123"


def test_a_stop_at_twilio_counts_from_the_moment_of_the_answer(twilio):
    twilio(STOP | {"Body": "no mas textos"})

    assert standing_of("+16065550123").refuses(Purpose.DELIVERY) == SAID_STOP
    understand_deliveries()
    assert Message.objects.get().is_stop
    assert StopMark.objects.count() == 1


def test_what_twilio_understood_itself_counts_whatever_the_words(twilio):
    twilio(STOP | {"Body": "va bene", "OptOutType": "START"})
    understand_deliveries()

    assert LedgerEvent.objects.get().kind == Kind.RESTART_ASKED


def test_what_becomes_of_a_text_is_told_by_twilio_in_any_order(twilio):
    for status in ("delivered", "sent"):
        twilio(fields(f"status_{status}"), "status")
    understand_deliveries()

    message = Message.objects.get()
    assert (message.direction, message.fate) == ("OUT", "DELIVERED")
    assert message.person.numbers.get().number == "+16065550123"


def test_a_call_that_nobody_took_at_twilio_is_a_lead(twilio):
    twilio(fields("voice_ringing"), "voice")
    twilio(fields("voice_no_answer"), "voice")
    understand_deliveries()

    assert Call.objects.get().lead.person.numbers.get().number == "+16065550123"


def test_a_signature_is_good_at_its_own_door_alone(twilio, client):
    signature = signed(f"https://portal.example/webhook/twilio/sms{told(TEXT)}")

    answer = twilio(TEXT, "status", **{"X-Twilio-Signature": signature})

    assert answer.status_code == 401
    assert RefusedDelivery.objects.get().reason == "wrong signature"


def plainly(body, *, secret=SECRET, at=None, **headers):
    stamp = str(int(at or time.time()))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Signature": f"sha256={digest}", "X-Timestamp": stamp} | headers


@pytest.fixture
def post(client, db, settings):
    """Post JSON to a source's only door."""
    settings.SIGNED_WEBHOOK_SECRET = settings.GITHUB_WEBHOOK_SECRET = ["another-one-of-16", SECRET]

    def to(name, body, headers):
        address = f"/webhook/{name}"
        return client.post(address, body, content_type="application/json", headers=headers)

    return to


def test_any_program_that_signs_may_tell_of_texts_and_calls(post):
    text = json.dumps(POSTED).encode()
    call = json.dumps({"type": "call", "id": "2", "from": "+16065550123", "missed": True}).encode()
    for number, body in enumerate((text, call, b'{"type": "ping"}')):
        answer = post("signed", body, plainly(body, **{"X-Delivery-Id": str(number)}))
        assert answer.status_code == 204
    understand_deliveries()

    assert Message.objects.get().told_lead == Call.objects.get().told_lead
    states = WebhookDelivery.objects.order_by("pk").values_list("kind", "state")
    assert list(states) == [("text", "DONE"), ("call", "DONE"), ("ping", "NO_EFFECT")]


def test_the_same_signed_body_without_an_id_is_the_same_delivery(post):
    body = json.dumps(POSTED).encode()
    for _ in range(2):
        post("signed", body, plainly(body))

    assert WebhookDelivery.objects.get().delivery_id.startswith("sha256:")


def test_a_signed_stop_counts_also_when_it_is_late(post):
    body = json.dumps(POSTED | {"text": "STOP"}).encode()
    post("signed", body, plainly(body, at=time.time() - 3600))

    assert WebhookDelivery.objects.get().late
    assert standing_of("+16065550123").refuses(Purpose.DELIVERY) == SAID_STOP


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"X-Signature": ""}, "no signature"),
        ({"X-Timestamp": "soon"}, "unreadable timestamp"),
        ({"X-Timestamp": "1"}, "wrong signature"),
        ({"X-Signature": "sha256=é"}, "wrong signature"),
    ],
)
def test_a_plain_post_that_proves_nothing_is_refused(post, change, reason):
    body = json.dumps(POSTED).encode()

    assert post("signed", body, plainly(body) | change).status_code == 401
    assert RefusedDelivery.objects.get().reason == reason


@pytest.mark.parametrize("name", ["signed", "github"])
@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000])
def test_what_cannot_be_read_is_not_understood(name, body):
    assert SOURCES[name].written(body, "") is None
    with pytest.raises(NotUnderstood):
        SOURCES[name].normalise(body, "push")


def test_github_s_own_vector_is_good():
    given = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    assert is_signed(b"Hello, World!", given, ["It's a Secret to Everybody"])
    assert not is_signed(b"Hello, World?", given, ["It's a Secret to Everybody"])


def test_github_s_events_are_kept_and_shown(post):
    body = b'{"action": "opened"}'
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "X-Hub-Signature-256": f"sha256={digest}",
        "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "X-GitHub-Event": "issues",
    }
    for _ in range(2):
        assert post("github", body, headers).status_code == 204
    understand_deliveries()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.kind, delivery.state) == ("issues.opened", "NO_EFFECT")
    assert delivery.delivery_id == "72d3162e-cc78-11e3-81ab-4c9367dc0958"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({}, "no signature"), ({"X-Hub-Signature-256": "sha256=00"}, "wrong signature")],
)
def test_a_post_of_github_that_proves_nothing_is_refused(post, headers, reason):
    assert post("github", b"{}", headers).status_code == 401
    assert RefusedDelivery.objects.get().reason == reason


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("github", "X-Hub-Signature-256"),
        ("signed", "X-Signature"),
        ("twilio/sms", "X-Twilio-Signature"),
    ],
)
def test_a_source_that_is_not_set_up_takes_nothing(client, db, name, header):
    answer = client.post(
        f"/webhook/{name}", b"{}", content_type="application/json", headers={header: "sha256=x"}
    )

    assert answer.status_code == 401
    assert RefusedDelivery.objects.get().reason == "no key for this scheme"


def test_a_delivery_of_a_source_that_is_gone_is_kept(post):
    body = json.dumps(POSTED).encode()
    post("signed", body, plainly(body))
    WebhookDelivery.objects.update(provider="gone")

    understand_deliveries()

    delivery = WebhookDelivery.objects.get()
    assert delivery.state == "NOT_UNDERSTOOD"
    assert "nobody here reads this source" in delivery.trouble


def test_a_source_that_is_set_up_is_a_step_of_the_first_run(post):
    names = [step.name for step in first_run_steps()]

    assert names[2:5] == ["GitHub", "Quo", "Signed posts"]
    assert "/webhook/github" in first_run_steps()[2].advice
