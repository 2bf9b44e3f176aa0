"""``python -m bench.inbox``: the inbox, a thread and a search at 1,000 and at 100,000 messages.

Pages are rendered in this process, whole, as the view makes them. The long talk has the same
number of messages at both sizes: what grows is all the rest. To ten messages there are two texts of
ours, a note and a call with what was said.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import statistics
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bench.pairs import Ratio, by_turns, divided, report
from portal.local.ports import HOST
from portal.testing.own_database import portal_database

if TYPE_CHECKING:
    from crm_intake.models import Person, WebhookDelivery

SMALL, LARGE = (1_000, 100), (100_000, 10_000)  # messages, conversations
AT_ONCE = 30  # pages in a turn
LONG_TALK = 60
NOW = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
PAGES = ("list", "thread", "search")


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    with portal_database("bench-small") as small:
        fill(*SMALL)
        with portal_database("bench-large") as large:
            fill(*LARGE)
            logging.disable(logging.CRITICAL)  # a line for each page would be measured, too
            sizes = [Yard(small), Yard(large)]
            figures, ratios = measure(*sizes)
    return report("inbox", figures, ratios)


def measure(small: Yard, large: Yard) -> tuple[dict[str, object], list[Ratio]]:
    """Open each page by turns; return what is worth knowing, and the ratios that have a bar."""
    figures: dict[str, object] = {}
    ratios = []
    for page in PAGES:
        few, many = small.queries(page), large.queries(page)
        assert few == many, f"{page}: {few} queries with few messages, {many} with many"
        above, below = by_turns(partial(large.seconds, page), partial(small.seconds, page))
        figures[f"{page}, queries"] = many
        figures[f"{page}, ms at 100,000"] = f"{1000 * statistics.median(above):.1f}"
        name = f"{page} at 100,000 messages / at 1,000"
        ratios.append(Ratio(name, divided(above, below), 1.3, most=True))
    return figures, ratios


class Yard:
    """A database with its pages, opened by somebody of the office."""

    def __init__(self, database: str) -> None:
        from django.test import Client  # noqa: PLC0415 - Django must be set up

        from crm_intake.models import Person  # noqa: PLC0415
        from portal.testing.factories import UserFactory  # noqa: PLC0415

        self.database = database
        self.connect()
        self.browser = Client(SERVER_NAME=HOST)
        self.browser.force_login(UserFactory())
        thread = f"/people/{Person.objects.order_by('pk')[0].uuid}/"
        self.pages = {"list": "/inbox/", "thread": thread, "search": "/inbox/?q=number+7"}

    def connect(self) -> None:
        """Let this process use this database."""
        from django.db import connection  # noqa: PLC0415 - Django must be set up

        if connection.settings_dict["NAME"] != self.database:
            connection.close()
            connection.settings_dict["NAME"] = self.database

    def queries(self, page: str) -> int:
        """Return how many queries a page takes, once all is warm."""
        from django.db import connection  # noqa: PLC0415 - Django must be set up
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        self.connect()
        answer = self.browser.get(self.pages[page])
        assert answer.status_code == 200, answer
        with CaptureQueriesContext(connection) as kept:
            self.browser.get(self.pages[page])
        return len(kept)

    def seconds(self, page: str) -> float:
        """Return the seconds that a page takes, the median of many."""
        self.connect()
        return statistics.median(self.once(page) for _time in range(AT_ONCE))

    def once(self, page: str) -> float:
        """Return the seconds that it takes once."""
        began = time.perf_counter()
        self.browser.get(self.pages[page])
        return time.perf_counter() - began


def fill(messages: int, talks: int) -> None:
    """Make so many messages in so many conversations; the first has ``LONG_TALK`` of them."""
    from django.db import connection  # noqa: PLC0415 - Django must be set up

    from crm_intake.models import Conversation, Message, Person, PhoneNumber  # noqa: PLC0415
    from crm_intake.models import WebhookDelivery as Delivery  # noqa: PLC0415

    post = Delivery.objects.create(provider="quo", delivery_id="1", body=b"", received_at=NOW)
    people = Person.objects.bulk_create(Person(name=f"Person {n}") for n in range(talks))
    PhoneNumber.objects.bulk_create(
        PhoneNumber(number=f"+1606{n:07}", person=one) for n, one in enumerate(people)
    )
    Conversation.objects.bulk_create(
        Conversation(person=one, last_at=NOW - dt.timedelta(minutes=n), last_words="2 cords?")
        for n, one in enumerate(people)
    )
    whose = [people[0]] * LONG_TALK + [
        people[n % talks] for n in range(1, messages - LONG_TALK + 1)
    ]
    Message.objects.bulk_create(
        (
            Message(
                provider="quo",
                event_key=f"m{n}",
                delivery=post,
                person=one,
                sender="+16065550123",
                text=f"Number {n}: 2 cords of oak, split and dry, for the house behind the mill",
                occurred_at=NOW - dt.timedelta(seconds=n),
            )
            for n, one in enumerate(whose)
        ),
        batch_size=5000,
    )
    fill_beside(people, messages, post)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def fill_beside(people: Sequence[Person], messages: int, post: WebhookDelivery) -> None:
    """Make what is searched beside messages; nothing of it is the first's."""
    from crm_intake.models import Call, Note, OutgoingText  # noqa: PLC0415
    from portal.testing.factories import UserFactory  # noqa: PLC0415

    user, others = UserFactory(), people[1:]
    OutgoingText.objects.bulk_create(
        OutgoingText(
            number="+16065550123",
            person=others[n % len(others)],
            text=f"Yours is number {n}: 2 cords of oak come on Monday",
            purpose="DELIVERY",
            state="DELIVERED",
            handed_over_at=NOW - dt.timedelta(minutes=n),
        )
        for n in range(messages // 5)
    )
    Note.objects.bulk_create(
        Note(person=others[n % len(others)], text=f"Number {n}: gate code is new", written_by=user)
        for n in range(messages // 10)
    )
    Call.objects.bulk_create(
        Call(
            provider="quo",
            event_key=f"c{n}",
            delivery=post,
            person=others[n % len(others)],
            answered_at=NOW,
            summary=f"Call number {n}: wants to know when the oak comes",
            transcript=f"I wait for number {n}, the oak for the house behind the mill. " * 10,
            occurred_at=NOW - dt.timedelta(minutes=n),
        )
        for n in range(messages // 10)
    )


if __name__ == "__main__":
    sys.exit(main())
