"""Alerts in people's words: for a mail, and in short for a chat.

A chat belongs to somebody else: it learns what kind of change it is and where to look, and neither
a name nor Odoo's own sentence, which likes to quote what it was sent.
"""

import datetime as dt
import html
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import Alert, Breaker, Notice, OdooAccess, OutboxEntry
from odoo_bridge.selectors.outbox import DeskEntry, outbox_figures, shown
from portal.setup.selectors.profile import business_profile

Kind = Alert.Kind
MOST = 20  # in one message
PROVISION = "An administrator runs manage.py odoo_provision."
ADVICE = {
    Kind.UNKNOWN: "Nobody knows yet whether Odoo has done it. It is looked up by itself.",
    Kind.CONFLICT: "Somebody must choose what shall stand.",
    Kind.HELD: "Nothing is sent to it until an administrator says so on the sync page.",
    Kind.SILENT: f"Changes show after a poll instead of at once. {PROVISION}",
    Kind.REFUSED: f"Somebody posts with a wrong secret. If it is your Odoo: {PROVISION}",
    Kind.UNHEARD: "A provider has been silent for longer than is usual. Text your own number.",
    Kind.SOURCES: "Posts of a provider are refused. Compare its signing secret with the one here.",
}


@dataclass(frozen=True)
class Item:
    """One alert: what, which, why, since when, and where to look."""

    headline: str
    about: str
    detail: str
    since: dt.datetime
    link: str


@dataclass(frozen=True)
class News:
    """What one message says; ``more`` began or ended beside those that are named."""

    begun: tuple[Item, ...]
    over: tuple[Item, ...]
    more: int

    @property
    def number(self) -> int:
        """How many alerts it is about."""
        return len(self.begun) + len(self.over) + self.more


def news_of(notices: Sequence[Notice]) -> News:
    """Put notices into words; the first twenty are named. Seven queries at most."""
    named = notices[:MOST]
    keys = [one.alert.entry_id for one in named if one.alert.entry_id]
    entries = {one.entry.pk: one for one in shown(OutboxEntry.objects.filter(pk__in=keys))}
    items = [(one.moment, item_of(one, entries)) for one in named]
    return News(
        begun=tuple(item for moment, item in items if moment == Notice.Moment.START),
        over=tuple(item for moment, item in items if moment == Notice.Moment.END),
        more=len(notices) - len(named),
    )


def item_of(notice: Notice, entries: dict[int, DeskEntry]) -> Item:
    """Return one alert in words."""
    alert, is_over = notice.alert, notice.moment == Notice.Moment.END
    kind = Kind(alert.kind)
    one = entries.get(alert.entry_id or 0)
    if one is None:
        detail = "" if is_over else detail_of(kind)
        return Item(str(kind.label), "", detail, alert.started_at, address_of("desk"))
    return Item(
        headline=f"{one.label}: {uncapitalised(str(kind.label))}",
        about=one.about,
        detail=what_became_of(one.entry) if is_over else why(kind, one.entry),
        since=alert.started_at,
        link=address_of("history", one.entry.stream.key),
    )


def why(kind: Alert.Kind, entry: OutboxEntry) -> str:
    """Return Odoo's reason, or what is to be done."""
    return ADVICE.get(kind) or entry.last_error


def what_became_of(entry: OutboxEntry) -> str:
    """Return where an entry stands now."""
    return f"It is {entry.get_state_display().lower()} now."


def detail_of(kind: Alert.Kind) -> str:
    """Return what is known of a trouble that is about no entry."""
    if kind == Kind.BREAKER:
        breaker = Breaker.objects.first() or Breaker()
        reason = f"{breaker.reason.rstrip('.')}. " if breaker.reason else ""
        return f"{reason}{outbox_figures().waiting} changes are kept."
    if kind in {Kind.KEY_SOON, Kind.KEY_NOW}:
        access = OdooAccess.objects.first()
        until = f"It ends on {access.key_expires_at:%Y-%m-%d}. " if access else ""
        return f"{until}{PROVISION}"
    return ADVICE[kind]


def uncapitalised(text: str) -> str:
    """Return a text as it goes on after a colon."""
    return text[:1].lower() + text[1:]


def address_of(name: str, *parts: str) -> str:
    """Return the whole address of a page of the bridge."""
    return f"{settings.PUBLIC_URL}{reverse(f'odoo_bridge:{name}', args=parts)}"


def subject_of(news: News) -> str:
    """Return a mail's subject: the one alert, or how many."""
    if news.number == 1 and news.begun:
        return news.begun[0].headline
    if news.number == 1:
        return f"Over: {news.over[0].headline}"
    if news.more == 0 and not news.over:
        return f"{news.number} changes or connections need a look"
    if news.more == 0 and not news.begun:
        return f"Over: {news.number} that needed a look"
    return f"{news.number} news of the connection with Odoo"


def chat_text(news: News) -> str:
    """Return the message for a chat, a line for each."""
    profile = business_profile()
    with timezone.override(profile.time_zone):
        lines = [
            *(f"▲ {one.headline}, since {clock(one.since)}: {one.link}" for one in news.begun),
            *(f"● Over: {one.headline}: {one.link}" for one in news.over),
        ]
    more = [f"… and {news.more} more: {address_of('desk')}"] if news.more else []
    return html.escape("\n".join([profile.name, *lines, *more]), quote=False)


def clock(at: dt.datetime) -> str:
    """Return a time by the business's clock."""
    return f"{timezone.localtime(at):%d %b %H:%M}"
