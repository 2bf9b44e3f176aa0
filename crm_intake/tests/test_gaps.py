"""What a source did not deliver is asked for, and taken as if it had been posted."""

import datetime as dt
from email.utils import format_datetime

import pytest
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Call, Lead, Message, Person, SourceAsked, StopMark, WebhookDelivery
from crm_intake.selectors.consent import standing_of
from crm_intake.services.erase_person import erase_person
from crm_intake.services.person_of import person_of
from crm_intake.tasks import ask_sources, understand_deliveries
from crm_intake.tests.talk import ANN
from odoo_bridge.slots import Doing
from portal.accounts.models import Role
from portal.testing.sessions import other_session

pytestmark = pytest.mark.django_db
OURS, BEA = "+15550000001", "+16065550199"
AN_HOUR_AGO = timezone.now().replace(microsecond=0) - dt.timedelta(hours=1)


def quo_text(key, text, **values):
    common = {"id": key, "from": ANN, "to": [OURS], "direction": "incoming", "status": "received"}
    return {**common, "text": text, "createdAt": AN_HOUR_AGO.isoformat(), **values}


def quo_call(key, **values):
    at = AN_HOUR_AGO.isoformat()
    common = {"id": key, "direction": "incoming", "participants": [BEA], "answeredAt": None}
    return {**common, "createdAt": at, "completedAt": at, "status": "completed", **values}


def twilio_text(key, text, **values):
    common = {"sid": key, "from": ANN, "to": OURS, "direction": "inbound", "status": "received"}
    return {**common, "body": text, "date_created": format_datetime(AN_HOUR_AGO), **values}


def twilio_call(key, **values):
    common = {"sid": key, "from": BEA, "to": OURS, "direction": "inbound", "status": "no-answer"}
    return {**common, "date_created": format_datetime(AN_HOUR_AGO), "duration": "0", **values}


LISTED = {
    "quo": {
        "messages": [
            quo_text("AC1", "2 cords of oak?"),
            quo_text("AC2", "STOP"),
            quo_text("AC3", "Yes.", direction="outgoing", status="delivered", to=[ANN]),
            quo_text("AC4", "On its way", direction="outgoing", status="queued", to=[ANN]),
            "odd",
        ],
        "calls": [quo_call("CA1"), quo_call("CA2", completedAt=None), "odd"],
    },
    "twilio": {
        "messages": [
            twilio_text("AC1", "2 cords of oak?"),
            twilio_text("AC2", "STOP"),
            twilio_text("AC3", "Yes.", direction="outbound-api", status="delivered", to=ANN),
            twilio_text("AC4", "On its way", direction="outbound-api", status="queued", to=ANN),
            "odd",
        ],
        "calls": [twilio_call("CA1"), twilio_call("CA2", status="in-progress"), "odd"],
    },
}


@pytest.fixture
def knows(provider, settings):
    """Let the provider know of texts and calls; return it."""
    provider.listed = LISTED[settings.TEXT_PROVIDER]
    other = {"quo": "TWILIO_AUTH_TOKEN", "twilio": "QUO_API_KEY"}[settings.TEXT_PROVIDER]
    setattr(settings, other, "")
    return provider


def test_what_was_missed_is_taken_and_a_stop_counts_at_once(knows):
    ask_sources()
    assert StopMark.objects.get().number == ANN
    assert standing_of(ANN).refuses(Purpose.REPLY)

    understand_deliveries()

    assert WebhookDelivery.objects.filter(state="DONE").count() == 4
    texts = {one.event_key: one for one in Message.objects.all()}
    assert set(texts) == {"message:AC1", "message:AC2", "message:AC3"}
    assert texts["message:AC1"].occurred_at == AN_HOUR_AGO
    assert (texts["message:AC3"].direction, texts["message:AC3"].fate) == ("OUT", "DELIVERED")
    call = Call.objects.get()
    assert (call.caller, call.missed, call.occurred_at) == (BEA, True, AN_HOUR_AGO)
    assert Lead.objects.count() == 2


def test_what_is_here_is_not_taken_again(knows, settings):
    ask_sources()
    understand_deliveries()
    ask_sources()
    understand_deliveries()

    assert WebhookDelivery.objects.count() == 4
    asked = SourceAsked.objects.get()
    assert (asked.provider, asked.trouble) == (settings.TEXT_PROVIDER, "")
    assert asked.until < asked.asked_at
    assert str(asked) == f"{asked.provider} was asked"


def test_who_was_erased_is_not_taken_again(knows, person):
    ask_sources()
    understand_deliveries()
    for one in Person.objects.all():
        erase_person(person=one, why="By letter.", by=person(Role.ADMIN))

    ask_sources()
    understand_deliveries()

    assert not Message.objects.exists()
    assert not Call.objects.exists()


def test_what_came_as_a_post_and_was_erased_is_not_asked_for(knows, settings, person):
    WebhookDelivery.objects.create(
        provider=settings.TEXT_PROVIDER, delivery_id="1", body=b"x", received_at=AN_HOUR_AGO
    )
    ann = person_of(ANN)
    Message.objects.create(
        provider=settings.TEXT_PROVIDER,
        event_key="message:AC1",
        delivery=WebhookDelivery.objects.get(),
        person=ann,
        sender=ANN,
        occurred_at=AN_HOUR_AGO,
    )
    erase_person(person=ann, why="By letter.", by=person(Role.ADMIN))

    ask_sources()
    understand_deliveries()

    assert "message:AC1" not in Message.objects.values_list("event_key", flat=True)
    assert Message.objects.exists(), "what was not erased is taken"


def test_a_source_that_does_not_say_is_asked_for_the_same_time_again(knows, settings, signed_in):
    knows.asked = [(500, {})]
    settings.QUO_WEBHOOK_KEY = ["whsec_x"]

    ask_sources()

    asked = SourceAsked.objects.get()
    assert (asked.until, asked.trouble) == (None, "HTTP 500")
    assert not WebhookDelivery.objects.exists()
    if settings.TEXT_PROVIDER == "quo":
        page = signed_in(Role.OFFICE).get("/inbox/deliveries/").text
        assert "does not say" in page
        ask_sources()
        assert "HTTP 500" not in signed_in(Role.OFFICE).get("/inbox/deliveries/").text


def test_who_cannot_be_asked_is_not(db, settings):
    settings.QUO_API_KEY, settings.TWILIO_AUTH_TOKEN = "", []
    ask_sources()
    assert not SourceAsked.objects.exists()


def test_one_worker_at_a_time_asks(knows):
    with other_session() as session:
        session.execute("select pg_advisory_lock(%s, 1)", [Doing.ASKING])
        ask_sources()
        assert not WebhookDelivery.objects.exists()
        session.execute("select pg_advisory_unlock_all()")
    ask_sources()
    assert WebhookDelivery.objects.exists()
