"""Open and close the alerts, and write who shall be told of each."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from odoo_bridge.models import Alert, Notice
from odoo_bridge.selectors.troubles import Trouble, difference, troubles
from portal.setup.selectors.who_is_told import Told, who_is_told

Moment, Way = Notice.Moment, Notice.Way
TOLD_WITHIN = dt.timedelta(days=1)  # older news is no news


@transaction.atomic
def follow_troubles(*, now: dt.datetime, beside: Iterable[Trouble] = ()) -> None:
    """Let the open alerts be what is the matter now. Running it twice is running it once.

    :param beside: what the apps above say is the matter beside Odoo.
    """
    still_open = Alert.objects.select_for_update().filter(ended_at=None).order_by("pk")
    found = difference([*troubles(now), *beside], still_open)
    end(found.over, now)
    begin(found.begun, now)
    untold = still_open.filter(told_from=None)
    write([one for one in untold if one.started_at + one.patience <= now], now)


def begin(begun: Iterable[Trouble], now: dt.datetime) -> None:
    """Open alerts; one that somebody has opened meanwhile stays as it is."""
    Alert.objects.bulk_create(
        (Alert(kind=one.kind, entry_id=one.entry, started_at=min(one.since, now)) for one in begun),
        ignore_conflicts=True,
        batch_size=500,
    )


def end(over: Iterable[Alert], now: dt.datetime) -> None:
    """Close alerts: who was told of the start, or is still to be, is told of the end."""
    over = list(over)
    Alert.objects.filter(pk__in=[one.pk for one in over if one.told_from is None]).delete()
    told = [one.pk for one in over if one.told_from]
    Alert.objects.filter(pk__in=told).update(ended_at=now)
    heard = Q(told_at__isnull=False) | Q(written_at__gt=now - TOLD_WITHIN)
    starts = Notice.objects.filter(heard, alert__in=told, moment=Moment.START)
    Notice.objects.bulk_create(
        (
            Notice(
                alert_id=one.alert_id,
                moment=Moment.END,
                way=one.way,
                address=one.address,
                written_at=now,
                not_before=now,
            )
            for one in starts.order_by("pk")
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


def write(alerts: Iterable[Alert], now: dt.datetime) -> None:
    """Write to whom the starts of these alerts are told."""
    keys = [one.pk for one in alerts]
    lasting = Alert.objects.filter(pk__in=keys).select_related("entry__actor").order_by("pk")
    told = who_is_told()
    Notice.objects.bulk_create(
        (
            Notice(
                alert=alert,
                moment=Moment.START,
                way=way,
                address=address,
                written_at=now,
                not_before=now,
            )
            for alert in lasting
            for way, address in recipients(alert, told)
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    Alert.objects.filter(pk__in=keys).update(told_from=now)


def recipients(alert: Alert, told: Told) -> Iterator[tuple[Notice.Way, str]]:
    """Yield those who were chosen, and the person whose change it is."""
    actor = alert.entry.actor if alert.entry else None
    own = [actor.email.lower()] if actor and actor.is_active else []
    for address in dict.fromkeys([*told.addresses, *own]):
        yield Way.MAIL, address
    if told.chat_url:
        yield Way.CHAT, ""
