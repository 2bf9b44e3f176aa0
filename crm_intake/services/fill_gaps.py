"""Ask a source for what it did not deliver, and take that as if it had been posted."""

import datetime as dt
from collections.abc import Iterable

import structlog
from django.utils import timezone

from crm_intake.errors import NotTakenNow
from crm_intake.models import Call, Message, SourceAsked
from crm_intake.services.store_delivery import UNDERSTAND, store_delivery
from crm_intake.source import Item, Source, Verdict
from crm_intake.sources import SOURCES
from crm_intake.stopper import stopper_in
from portal.core.jobs import wake

AT_FIRST = dt.timedelta(days=2)
OVERLAP = dt.timedelta(hours=6)  # what a source lists late, and what its own retries bring
YOUNG = dt.timedelta(minutes=10)  # its webhook may be on its way
ASKED = "asked:"
log = structlog.get_logger(__name__)


def fill_all_gaps() -> None:
    """Ask each source that can be asked; one that does not say holds up no other."""
    for source in SOURCES.values():
        if source.ask is not None and source.may_be_asked():
            fill_gaps(source)


def fill_gaps(source: Source) -> int:
    """Store what is missing here; return how much. Safe to run at any time, by any worker."""
    now = timezone.now()
    asked, _made = SourceAsked.objects.get_or_create(provider=source.name)
    since = asked.until - OVERLAP if asked.until else now - AT_FIRST
    assert source.ask is not None  # noqa: S101 - who calls has looked
    try:
        missing = [one for one in source.ask(since) if not is_known(source, one)]
    except NotTakenNow as why:
        log.warning("source_does_not_say", provider=source.name, why=str(why))
        SourceAsked.objects.filter(pk=asked.pk).update(asked_at=now, trouble=str(why)[:200])
        return 0
    filled = store(source, missing, now)
    SourceAsked.objects.filter(pk=asked.pk).update(asked_at=now, until=now - YOUNG, trouble="")
    return filled


def asked_id(key: str) -> str:
    """Return the id of a delivery that was asked for."""
    return f"{ASKED}{key}"[:200]


def is_known(source: Source, item: Item) -> bool:
    """Say whether the text or the call is here, however it came."""
    kept = Call if item.key.startswith("call:") else Message
    return kept.objects.filter(provider=source.name, event_key=item.key).exists()


def store(source: Source, missing: Iterable[Item], now: dt.datetime) -> int:
    """Put them on disk, as a post is: a stop among them counts from now."""
    stored = 0
    for item in missing:
        verdict = Verdict(delivery_id=asked_id(item.key), about=item.about)
        stored += store_delivery(
            provider=source.name,
            verdict=verdict,
            body=item.body,
            stopper=stopper_in(source.written(item.body, item.about)),
            now=now,
        )
    if stored:
        log.info("gaps_filled", provider=source.name, number=stored)
        wake(UNDERSTAND)
    return stored
