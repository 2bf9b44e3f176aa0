"""``python -m bench.sends``: 1,000 texts, of which one answer in twenty is lost.

The whole portal runs beside a provider on this machine, which keeps a text and does not answer, or
does neither. The worker is killed now and then. In the end the provider has each text once, and
we know of each that it went out. What the provider does not say is for a person after ten minutes.
Then: how much of the allowed rate is used, and that it is never passed.

By default a minute passes in a second, once all texts are handed over (``a_minute_passes``).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from bench.live import running_portal
from bench.pairs import Ratio, report
from portal.testing.own_database import portal_database
from portal.testing.running import RunningPortal, within

if TYPE_CHECKING:
    from crm_intake.tests.provider_server import Provider

SEED = 5
EACH = 4  # texts to a person
FAST, ALLOWED = 100, 10  # texts a second
AT_THE_RATE, NOT_SAID = 100, 20  # texts
ENDS_WITHIN = 600  # seconds
MINUTE = dt.timedelta(minutes=1)
KEPT, NOT_KEPT = ("lost", "cut"), ("gone", (503, {}))
DEATHS = 2
Trouble = str | tuple[int, dict[str, str]] | None


def main() -> int:
    """Measure; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="10,000 texts, and minutes of a minute")
    words.add_argument("--seed", type=int, default=SEED)
    asked = words.parse_args()
    texts = 10_000 if asked.full else 1_000
    with portal_database("bench"):
        from crm_intake.tests.provider_server import serving  # noqa: PLC0415 - Django is set up

        with serving() as (url, provider), running_portal(**as_quo_at(url)) as portal:
            figures = many_sends(portal, provider, texts, Random(asked.seed))
            until_all_is_known(by_itself=asked.full)
            check(provider, texts)
            not_said(provider)
            ratios = at_the_rate(portal, provider)
    return report("sends", {"seed": asked.seed, **figures}, ratios)


def as_quo_at(url: str) -> dict[str, str]:
    """Return the settings with which texts go there."""
    return {
        "TEXT_PROVIDER": "quo",
        "QUO_API_URL": url,
        "QUO_API_KEY": "a-key",
        "QUO_FROM": "PN1",
        "PROVIDER_MAY_BE_LOCAL": "1",
        "TEXTS_PER_SECOND": str(FAST),
    }


def many_sends(
    portal: RunningPortal, provider: Provider, texts: int, rng: Random
) -> dict[str, object]:
    """Send so many, and lose answers and workers; return what is worth knowing."""
    troubles = [trouble(rng) for _post in range(2 * texts)]
    provider.trouble = list(troubles)
    began = time.monotonic()
    first = 0
    for last in (*sorted(rng.sample(range(texts // 10, texts), DEATHS)), texts):
        want(first, last)
        if last < texts:
            portal.kill("worker")
            portal.start("worker")
        first = last
    within(ENDS_WITHIN, nothing_waits)
    seconds = time.monotonic() - began
    seen = troubles[: len(troubles) - len(provider.trouble)]
    return {
        "texts": texts,
        "answers lost, text kept": sum(one in KEPT for one in seen),
        "answers lost, text not kept": sum(one in NOT_KEPT for one in seen),
        "workers killed": DEATHS,
        "texts a second, wanted and handed over": f"{texts / seconds:,.0f}",
    }


def trouble(rng: Random) -> Trouble:
    """Return what happens to a post: one answer in twenty is lost, and one text in a hundred."""
    chance = rng.random()
    if chance < 0.05:
        return rng.choice(KEPT)
    return rng.choice(NOT_KEPT) if chance < 0.06 else None


def want(first: int, last: int) -> None:
    """Let the office answer people who have just written, as its pages do."""
    from crm_intake.ledger.kinds import Purpose  # noqa: PLC0415 - Django must be set up
    from crm_intake.services.send_text import send_text  # noqa: PLC0415

    for number in range(first, last):
        to = f"+1606555{number // EACH:04}"
        if number % EACH == 0 or number == first:
            has_written(to)
        send_text(number=to, text=f"Text {number}", purpose=Purpose.REPLY, by=None)


def has_written(number: str) -> None:
    """Let somebody have written just now: the answer may go out at any hour."""
    from crm_intake.models import Message, WebhookDelivery  # noqa: PLC0415

    now = timezone.now()
    post, _new = WebhookDelivery.objects.get_or_create(
        provider="quo",
        delivery_id="1",
        defaults={"body": b"", "received_at": now, "state": "DONE"},
    )
    Message.objects.get_or_create(
        provider="quo",
        event_key=number,
        defaults={"delivery": post, "sender": number, "text": "Oak?", "occurred_at": now},
    )


def states() -> set[str]:
    """Return the states that texts have."""
    from crm_intake.models import OutgoingText  # noqa: PLC0415

    return set(OutgoingText.objects.values_list("state", flat=True))


def nothing_waits() -> bool:
    """Say whether all texts have been handed over, whatever became of them."""
    return states() <= {"SENT", "SENDING", "UNKNOWN"}


def until_all_is_known(*, by_itself: bool) -> None:
    """Return when all texts are known to have gone out."""

    def all_is_known() -> bool:
        if not by_itself:
            a_minute_passes()
        return states() == {"SENT"}

    within(ENDS_WITHIN, all_is_known)


def a_minute_passes(minutes: int = 1) -> None:
    """Let what is under way have begun a minute earlier, and wait a second."""
    from django.db.models import F  # noqa: PLC0415

    from crm_intake.models import OutgoingText  # noqa: PLC0415

    OutgoingText.objects.filter(state__in=["SENDING", "UNKNOWN"]).update(
        handed_over_at=F("handed_over_at") - minutes * MINUTE,
        asked_at=F("asked_at") - minutes * MINUTE,
    )
    time.sleep(1)


def check(provider: Provider, texts: int) -> None:
    """Fail unless the provider has each text once, and we know each by its id there."""
    from crm_intake.models import OutgoingText  # noqa: PLC0415

    there = sorted((key, number, text) for key, number, text, _at in provider.kept)
    here = OutgoingText.objects.values_list("provider_id", "number", "text")
    assert len({(number, text) for _key, number, text in there}) == len(there), "sent twice"
    assert len(there) == texts, "not sent"
    assert there == sorted(here), "the provider's and ours differ"
    assert states() == {"SENT"}


def not_said(provider: Provider) -> None:
    """Fail unless texts of which the provider does not say are for a person after ten minutes."""
    from crm_intake.models import OutgoingText  # noqa: PLC0415
    from crm_intake.selectors.talk_needs import talk_needs  # noqa: PLC0415

    before = len(provider.kept)
    provider.trouble, provider.asked = ["lost"] * NOT_SAID, [(500, {})] * 100_000
    want(before, before + NOT_SAID)
    within(ENDS_WITHIN, lambda: OutgoingText.objects.filter(state="UNKNOWN").count() == NOT_SAID)
    a_minute_passes(8)
    assert talk_needs({}).lost == 0, "nobody is asked before its time"
    a_minute_passes(3)
    assert talk_needs({}).lost == NOT_SAID
    assert len(provider.kept) == before + NOT_SAID, "sent again without knowing"
    provider.asked.clear()
    until_all_is_known(by_itself=False)
    check(provider, before + NOT_SAID)


def at_the_rate(portal: RunningPortal, provider: Provider) -> list[Ratio]:
    """Send at the rate that is allowed; return how much of it is used, at most and all in all."""
    portal.stop("worker")
    before = len(provider.kept)
    want(before, before + AT_THE_RATE)
    portal.env["TEXTS_PER_SECOND"] = str(ALLOWED)
    portal.start("worker")
    within(ENDS_WITHIN, lambda: states() == {"SENT"})
    check(provider, before + AT_THE_RATE)
    moments = [at.timestamp() for _key, _number, _text, at in provider.kept[before:]]
    busiest = max(sum(first <= at < first + 1 for at in moments) for first in moments)
    used = (AT_THE_RATE - 1) / (moments[-1] - moments[0]) / ALLOWED
    most = (ALLOWED + 1) / ALLOWED  # one more where the second begins
    return [
        Ratio("texts in the busiest second / allowed", [busiest / ALLOWED], most, most=True),
        Ratio("texts a second / allowed", [used], 0.9),
    ]


if __name__ == "__main__":
    sys.exit(main())
