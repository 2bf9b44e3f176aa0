"""Quo as it is set up here, and how it has been heard."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max

from crm_intake.models import RefusedDelivery, WebhookDelivery
from crm_intake.quo.signature import QuoKeys
from odoo_bridge.models import Alert
from odoo_bridge.selectors.troubles import Trouble

ALARM_AFTER = 3


def quo_keys() -> QuoKeys:
    """Return the secrets that may sign, and how old a signature may be."""
    return QuoKeys(
        new=tuple(settings.QUO_WEBHOOK_KEY),
        legacy=tuple(settings.QUO_SIGNING_SECRET),
        new_window=dt.timedelta(seconds=settings.QUO_WINDOW_SECONDS),
        legacy_window=dt.timedelta(seconds=settings.QUO_LEGACY_WINDOW_SECONDS),
    )


@dataclass(frozen=True)
class Hearing:
    """When a provider was last heard, and how many posts in a row were refused since."""

    is_set: bool
    last_heard_at: dt.datetime | None
    refused_since: int
    last_reason: str

    @property
    def alarm(self) -> bool:
        """So many refusals in a row mean a wrong secret, or somebody who tries."""
        return self.refused_since >= ALARM_AFTER


def quo_troubles(now: dt.datetime) -> list[Trouble]:
    """Return whether somebody must be told that Quo's posts are refused; three queries at most."""
    hearing = quo_hearing()
    is_trouble = hearing.is_set and hearing.alarm
    return [Trouble(Alert.Kind.QUO, None, now)] if is_trouble else []


def quo_hearing() -> Hearing:
    """Return how Quo has been heard; three queries at most."""
    heard = WebhookDelivery.objects.filter(provider="quo").aggregate(at=Max("received_at"))["at"]
    refused = RefusedDelivery.objects.filter(provider="quo").order_by("-received_at", "-pk")
    if heard:
        refused = refused.filter(received_at__gt=heard)
    reasons = list(refused.values_list("reason", flat=True)[:100])
    return Hearing(
        is_set=bool(settings.QUO_WEBHOOK_KEY or settings.QUO_SIGNING_SECRET),
        last_heard_at=heard,
        refused_since=len(reasons),
        last_reason=reasons[0] if reasons else "",
    )
