"""``python -m bench.events``: 1,000 texts posted ten times each, in any order, while things die.

The whole portal runs, without an Odoo. Web, worker and Valkey are killed in the middle, and Valkey
forgets all. In the end each text is there once, and each person has one lead.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from bench.broker import Broker, own_broker
from bench.live import running_portal
from bench.pairs import report
from portal.testing.own_database import portal_database
from portal.testing.running import RunningPortal, within

if TYPE_CHECKING:
    from bench.quo_posts import Post, Poster

SEED = 30
EACH = 10  # texts of a person
BEGUN, EACH_MAY_TAKE = 60, 0.1  # seconds until all is understood, after the last answer


def main() -> int:
    """Post all; whatever is lost or doubled raises."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="10,000 texts instead of 1,000")
    words.add_argument("--seed", type=int, default=SEED)
    asked = words.parse_args()
    texts = 10_000 if asked.full else 1_000
    with portal_database("bench"), own_broker() as broker:
        from crm_intake.tests.conftest import NEW_KEY  # noqa: PLC0415 - Django must be set up

        with running_portal(REDIS_URL=broker.url, QUO_WEBHOOK_KEY=NEW_KEY) as portal:
            figures = measure(portal, broker, texts, Random(asked.seed))
    return report("events", {"seed": asked.seed, **figures}, [])


def measure(portal: RunningPortal, broker: Broker, texts: int, rng: Random) -> dict[str, object]:
    """Post, kill, wait and check; return what is worth knowing."""
    from bench.quo_posts import Poster, posts_of  # noqa: PLC0415 - Django must be set up

    senders = [f"+1606555{number % (texts // EACH):04}" for number in range(texts)]
    posts = posts_of(senders, rng)
    poster = Poster(portal.url, posts)
    began = time.monotonic()
    poster.start()
    kill_in_the_middle(portal, broker, poster)
    poster.join()
    answered = time.monotonic()
    within(BEGUN + EACH_MAY_TAKE * texts, nothing_waits)
    understood = time.monotonic()
    check(posts, senders)
    return {
        "texts": texts,
        "posts answered 2xx": len(posts),
        "posts without an answer, or with another one": poster.answers.total() - len(posts),
        "posts a second": f"{len(posts) / (answered - began):,.0f}",
        "texts a second, from the first post until all are understood": (
            f"{texts / (understood - began):,.0f}"
        ),
        "seconds from the last answer until all are understood": f"{understood - answered:.1f}",
    }


def kill_in_the_middle(portal: RunningPortal, broker: Broker, poster: Poster) -> None:
    """Kill each of them once, when a part of the posts is answered, and start it again."""

    def web() -> None:
        portal.kill("web")
        portal.start("web")
        portal.wait_until_ready()

    def worker() -> None:
        portal.kill("worker")
        portal.start("worker")

    def valkey() -> None:
        broker.kill()
        time.sleep(1)
        broker.start()

    posts = poster.left
    deaths: list[tuple[float, Callable[[], None]]] = [(0.8, web), (0.6, worker), (0.4, valkey)]
    for part, death in deaths:
        while poster.left > part * posts:
            time.sleep(0.01)
        death()
        assert poster.left, "it was over before everything was killed"
    assert poster.answers.total() > posts - poster.left, "nobody noticed that anything died"


def nothing_waits() -> bool:
    """Say whether all deliveries are understood."""
    from crm_intake.models import WebhookDelivery  # noqa: PLC0415 - Django must be set up

    return not WebhookDelivery.objects.filter(state="NEW").exists()


def check(posts: list[Post], senders: list[str]) -> None:
    """Fail unless each delivery and text is there once, and each person has one lead, told all."""
    from crm_intake.models import Lead, Message, WebhookDelivery  # noqa: PLC0415
    from odoo_bridge.models import LeadRecord, OutboxEntry  # noqa: PLC0415

    kept = {
        row.delivery_id: (row.state, bytes(row.body)) for row in WebhookDelivery.objects.iterator()
    }
    assert kept == {post.delivery_id: ("DONE", post.body) for post in posts}
    assert WebhookDelivery.objects.count() == len(kept)
    said = Message.objects.values_list("event_key", "sender", "told_lead__person__numbers__number")
    assert sorted(said) == sorted(
        (f"message:AC{number}", sender, sender) for number, sender in enumerate(senders)
    )
    people = len(set(senders))
    assert Lead.objects.count() == LeadRecord.objects.count() == people
    assert Lead.objects.values("person").distinct().count() == people
    promised = OutboxEntry.objects.values_list("command", flat=True)
    told = {name: list(promised).count(name) for name in set(promised)}
    assert told == {"RecordLead": people, "AddNote": len(senders) - people}, told


if __name__ == "__main__":
    sys.exit(main())
