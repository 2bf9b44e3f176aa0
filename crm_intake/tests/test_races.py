"""Stops race with senders: once a stop was answered, no call for its number begins."""

import json
import threading
import time
import uuid
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import (
    Conversation,
    Lead,
    LedgerKey,
    Message,
    OutgoingText,
    Person,
    PhoneNumber,
    WebhookDelivery,
)
from crm_intake.sender import Sender
from crm_intake.services.deliver_text import deliver_next
from crm_intake.services.person_of import person_of
from crm_intake.services.send_text import send_text
from crm_intake.services.store_delivery import store_delivery
from crm_intake.services.understand_delivery import understand_next
from crm_intake.source import Verdict
from crm_intake.tests.conftest import payload

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS, STOPPERS = 3, 2
MANY, ROUNDS = 25, 15
ANN = "+16065550123"


class Watch:
    """Notes when each call began and when each stop was answered."""

    def __init__(self, rng):
        self.rng, self.began, self.answered = rng, {}, {}

    def sender(self):
        """Return a provider that is slow at times, and loses some of its answers."""

        def send(number, _text, while_sending):
            time.sleep(self.rng.choice([0, 0, 0.002]))  # to connect
            with while_sending():
                time.sleep(self.rng.choice([0, 0.003]))  # to its first byte
                self.began.setdefault(number, []).append(time.monotonic())
            return str(uuid.uuid4())

        return Sender(name="console", label="", send=send, find=lambda *_: [])

    def stop(self, number, *, from_number):
        """Let somebody say stop, as the webhook's view stores it; maybe from another number."""
        store_delivery(
            provider="quo",
            verdict=Verdict(delivery_id=str(uuid.uuid4())),
            body=b"STOP",
            stopper=from_number,
            now=timezone.now(),
        )
        self.answered[number] = time.monotonic()


def texts_to(numbers):
    """Let everybody have written just now, and have an answer that waits."""
    post = WebhookDelivery.objects.create(
        provider="quo", delivery_id="1", body=b"", received_at=timezone.now(), state="DONE"
    )
    Message.objects.bulk_create(
        Message(
            provider="quo",
            event_key=number,
            delivery=post,
            sender=number,
            text="Hello",
            occurred_at=timezone.now(),
        )
        for number in numbers
    )
    OutgoingText.objects.bulk_create(
        OutgoingText(number=number, text="Hello", purpose="REPLY") for number in numbers
    )


def other_numbers_of(numbers):
    """Let each be somebody who has another number, too; return those."""
    people = Person.objects.bulk_create(Person() for _number in numbers)
    others = {number: number.replace("+1606", "+1607") for number in numbers}
    PhoneNumber.objects.bulk_create(
        PhoneNumber(number=one, person=person)
        for person, pair in zip(people, others.items(), strict=True)
        for one in pair
    )
    return others


def side_by_side(*works):
    """Run these at once, each with a session of its own; what breaks in one breaks the test."""
    broken = []

    def run(work):
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised below
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken


@pytest.mark.parametrize("races", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_call_begins_after_a_stop_was_answered(races, settings):
    settings.TEXTS_PER_SECOND = 100_000
    rng = Random(races)  # noqa: S311 - a seed repeats it
    numbers = [f"+1606555{number:04}" for number in range(races)]
    texts_to(numbers)
    others = other_numbers_of(numbers)
    watch = Watch(rng)
    sender = watch.sender()
    in_line = iter(enumerate(numbers))
    turn, handled = threading.Lock(), []

    def send_all():
        while deliver_next(sender):
            handled.append(True)

    def stop_all():
        while True:
            with turn:
                place, number = next(in_line, (0, None))
            if number is None:
                return
            ahead = rng.randint(0, 5)  # a stop comes a little before or after its text's turn
            while len(handled) < min(place, races - SENDERS) - ahead:
                time.sleep(0.0005)
            watch.stop(number, from_number=rng.choice([number, others[number]]))

    side_by_side(*[send_all] * SENDERS, *[stop_all] * STOPPERS)

    late = [
        number
        for number, began in watch.began.items()
        if number in watch.answered and max(began) > watch.answered[number]
    ]
    assert late == []
    assert max(len(began) for began in watch.began.values()) == 1, "nothing is sent twice"
    states = set(OutgoingText.objects.values_list("state", flat=True))
    assert states == {"SENT", "REFUSED"}, "some were faster, and some were not"
    refused = OutgoingText.objects.filter(state="REFUSED").values_list("number", flat=True)
    assert not set(refused) & set(watch.began)


def post_of(number, text):
    """Store what somebody wrote, as the webhook's view does."""
    body = json.loads(payload("message_2026"))
    body["data"]["resource"] |= {"id": f"AC{uuid.uuid4().hex}", "text": text}
    body["data"]["context"]["senderIdentifier"] = number
    store_delivery(
        provider="quo",
        verdict=Verdict(delivery_id=str(uuid.uuid4())),
        body=json.dumps(body).encode(),
        stopper=None,
        now=timezone.now(),
    )


def understand_all():
    while understand_next():
        pass


def write_to(number, times=1):
    for place in range(times):
        send_text(number=number, text=f"Text {place}", purpose=Purpose.REPLY, by=None)


def test_who_writes_while_being_written_to_makes_nobody_wait_for_ever():
    for _text in range(MANY):
        post_of(ANN, "And mulch?")

    side_by_side(understand_all, understand_all, lambda: write_to(ANN, MANY))

    assert (Message.objects.count(), OutgoingText.objects.count()) == (MANY, MANY)
    assert Lead.objects.count() == 1
    assert Conversation.objects.get().unread == MANY


def test_the_first_stop_of_all_and_a_text_at_the_same_moment():
    for place in range(ROUNDS):
        LedgerKey.objects.all().delete()  # both make it
        number = f"+16065550{place:03}"
        person_of(number)
        write_to(number)
        LedgerKey.objects.all().delete()
        post_of(number, "Stop texting me")

        side_by_side(understand_all, lambda number=number: write_to(number))

    assert set(WebhookDelivery.objects.values_list("state", "attempts")) == {("DONE", 1)}
