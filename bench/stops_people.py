"""People who are written to and say stop: from one of their numbers, spelled in one of its ways."""

import datetime as dt
import http.client
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from bench.quo_posts import Post, answer_to, body_of
from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Message, OutgoingText, Person, PhoneNumber, WebhookDelivery
from crm_intake.services.join_people import join_number
from crm_intake.services.send_text import send_text
from portal.accounts.models import User
from portal.testing.factories import UserFactory

WORDS = "Oak"  # what the texts of the race begin with; what confirms a stop does not
MINUTES = dt.timedelta(minutes=5)
BEFORE_ITS_TURN = (*OutgoingText.WAITING, OutgoingText.State.UNKNOWN)
PATIENCE, MOMENT = 2, 0.002  # seconds
JOINS, OTHER, AGAIN = 0.2, 0.3, 0.3  # chances
KINDS = ("QUEUED", "QUEUED", "HELD", "UNKNOWN")


@dataclass(frozen=True)
class Someone:
    """Somebody who stops ``by`` a number, which becomes theirs just before if they ``join``."""

    person: Person
    number: str
    by: str
    joins: bool
    kind: str
    again: bool

    def is_wanted(self) -> None:
        """Let a text to them wait: as the office wants one, held until now, or to be retried."""
        text, now = f"{WORDS} {self.number}", timezone.now()
        if self.kind == "QUEUED":
            send_text(number=self.number, text=text, purpose=Purpose.REPLY, by=None)
            return
        held = {"rule": "hours", "not_before": now}
        lost = {"provider": "console", "handed_over_at": now - MINUTES, "looks": 1}
        OutgoingText.objects.create(
            number=self.number,
            person=self.person,
            text=text,
            purpose=Purpose.REPLY,
            state=self.kind,
            **(held if self.kind == "HELD" else lost),
        )

    def wait_for_its_turn(self) -> None:
        """Return when their text is being sent, or soon anyway."""
        begun = OutgoingText.objects.filter(number=self.number).exclude(state__in=BEFORE_ITS_TURN)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not begun.exists():
            time.sleep(MOMENT)

    def is_wanted_again(self) -> None:
        """Let another one be wanted, if any: it is queued or refused."""
        if self.again:
            text = f"{WORDS} again {self.number}"
            send_text(number=self.number, text=text, purpose=Purpose.REPLY, by=None)

    def stop(self, url: str, spelling: Random) -> float:
        """Say stop; return when it was answered 2xx, by the monotonic clock."""
        if self.joins:
            join_number(person_id=self.person.pk, number=self.by, by=office())
        told = json.loads(body_of(int(self.number[2:]), spelled(self.by, spelling)))
        told["data"]["resource"]["text"] = spelling.choice(["STOP", "stop ", "Stop texting me"])
        post = Post(str(uuid.uuid4()), json.dumps(told).encode())
        at = urlsplit(url)
        line = http.client.HTTPConnection(str(at.hostname), at.port, timeout=10)
        status = answer_to(post, line)
        answered = time.monotonic()
        line.close()
        assert 200 <= status < 300, status
        return answered


def spelled(number: str, rng: Random) -> str:
    """Return a number in one of the ways in which people write it."""
    area, office_code, line = number[2:5], number[5:8], number[8:]
    ways = [number, f"({area}) {office_code}-{line}", f"1-{area}-{office_code}-{line}"]
    return rng.choice(ways)


def office() -> User:
    """Return who joins people."""
    return User.objects.first() or UserFactory.create()


def everybody(number: int, rng: Random) -> list[Someone]:
    """Make so many people, who have all written just now: an answer may go out at any hour."""
    office()
    delivery = WebhookDelivery.objects.create(
        provider="quo", delivery_id="1", body=b"", received_at=timezone.now(), state="DONE"
    )
    people = []
    for place, person in enumerate(Person.objects.bulk_create(Person() for _ in range(number))):
        own, other = f"+1606555{place:04}", f"+1607555{place:04}"
        chance = rng.random()
        joins, has_other = chance < JOINS, JOINS < chance < JOINS + OTHER
        people.append(
            Someone(
                person=person,
                number=own,
                by=other if joins or has_other else own,
                joins=joins,
                kind=rng.choice(KINDS),
                again=rng.random() < AGAIN,
            )
        )
        numbers = {own, other} if has_other else {own}
        PhoneNumber.objects.bulk_create(PhoneNumber(number=n, person=person) for n in numbers)
        Message.objects.create(
            provider="quo",
            event_key=own,
            delivery=delivery,
            sender=own,
            person=person,
            text="Oak?",
            occurred_at=timezone.now(),
        )
    return people


def waiting() -> int:
    """Return how many texts wait for their turn."""
    return OutgoingText.objects.filter(state__in=OutgoingText.WAITING).count()


def all_is_known() -> bool:
    """Say whether every stop was understood, and we know what became of every text."""
    minutes_pass([OutgoingText.State.UNKNOWN])
    open_states = [*OutgoingText.WAITING, *OutgoingText.DOUBTFUL]
    return not (
        OutgoingText.objects.filter(state__in=open_states).exists()
        or WebhookDelivery.objects.filter(state="NEW").exists()
    )


def minutes_pass(states: Sequence[str]) -> None:
    """Let texts in these states have been handed over some minutes earlier."""
    OutgoingText.objects.filter(state__in=states).update(
        handed_over_at=F("handed_over_at") - MINUTES, asked_at=F("asked_at") - MINUTES
    )
