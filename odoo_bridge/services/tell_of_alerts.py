"""Tell what began and what is over: one mail an address, and one message to the chat.

What is told is noted after it was sent. A worker that dies between the two leaves a message that is
sent once more, after its pause; so does a mail server that took a mail and whose answer was lost.
Nothing else doubles: who sends has taken the notices before, and others leave them alone.
"""

import datetime as dt
from collections.abc import Callable, Sequence

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from odoo_bridge.chat.client import ChatFailed, post
from odoo_bridge.models import Notice
from odoo_bridge.services.alert_words import chat_text, news_of
from odoo_bridge.services.follow_troubles import TOLD_WITHIN
from odoo_bridge.services.send_alert_mail import MailFailed, MailServerDown, send_alert_mail
from portal.setup.selectors.who_is_told import who_is_told

log = structlog.get_logger(__name__)
Way = Notice.Way
PAUSES = (1, 2, 5, 15, 30, 60)  # minutes, after the first, second … try


def tell_of_alerts(*, now: dt.datetime) -> None:
    """Send what is due; what fails is tried again, until it is a day old."""
    waiting = due(now).order_by("way", "address").values_list("way", "address").distinct()
    mail_works = True
    for way, address in list(waiting):
        if way == Way.CHAT:
            tell(way, address, tell_chat, now)
        elif mail_works:
            mail_works = tell(way, address, tell_by_mail, now)


def tell(
    way: str, address: str, send: Callable[[Sequence[Notice], str], None], now: dt.datetime
) -> bool:
    """Take one address's notices and send them; return whether others can be tried that way."""
    notices = take(way, address, now)
    if not notices:
        return True
    try:
        send(notices, address)
    except (ChatFailed, MailFailed) as failed:
        log.warning("alert_not_told", way=way, notices=len(notices), why=str(failed))
        return not isinstance(failed, MailServerDown)
    told = Notice.objects.filter(pk__in=[one.pk for one in notices])
    told.update(told_at=timezone.now())
    return True


def due(now: dt.datetime) -> QuerySet[Notice]:
    """Return the notices that are to be told now."""
    return Notice.objects.filter(
        told_at=None, not_before__lte=now, written_at__gt=now - TOLD_WITHIN
    )


@transaction.atomic
def take(way: str, address: str, now: dt.datetime) -> list[Notice]:
    """Count a try at one address's notices, and leave to others what they have taken."""
    notices = list(
        due(now)
        .filter(way=way, address=address)
        .select_related("alert__entry__stream")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("alert__started_at", "pk")
    )
    for one in notices:
        pause = PAUSES[min(one.tries, len(PAUSES) - 1)]
        one.tries, one.not_before = one.tries + 1, now + dt.timedelta(minutes=pause)
    Notice.objects.bulk_update(notices, ["tries", "not_before"], batch_size=500)
    return notices


def tell_chat(notices: Sequence[Notice], _address: str) -> None:
    """Post one message; a chat that was taken out of the set-up meanwhile has nothing to hear.

    :raises ChatFailed: it was not posted, or nobody knows.
    """
    if url := who_is_told().chat_url:
        post(url, chat_text(news_of(notices)))


def tell_by_mail(notices: Sequence[Notice], address: str) -> None:
    """Send one mail.

    :raises MailFailed: it was not sent, or nobody knows.
    """
    send_alert_mail(news_of(notices), address=address)
