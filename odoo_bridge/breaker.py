"""The breaker before Odoo: one row in PostgreSQL, shared by all workers.

It counts only failures of the infrastructure; what Odoo refuses is an answer. It opens after a few
in a row, or at once when the key is refused or the Odoo is not ours, and lets one probe through
from time to time.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from odoo_bridge.client import (
    NotOurOdoo,
    OdooError,
    OdooUnauthorized,
    OdooUnavailable,
    OutcomeUnknown,
)
from odoo_bridge.models import Breaker
from portal.core.changes import touch

KEY_REFUSED = "Odoo refuses the key"
RENEW_KEPT = "Run manage.py odoo_provision with the key of an administrator of Odoo."
RENEW_GIVEN = (
    "Put a new one there (in Odoo, as the bot: Preferences, Security, API Keys), or leave it empty"
    " and run manage.py odoo_provision."
)
OPENS_AFTER = 3
AT_ONCE = (OdooUnauthorized, NotOurOdoo)  # time alone mends neither
FIRST_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(minutes=5)


def is_open() -> bool:
    """Say whether Odoo is known not to answer, without asking for a probe."""
    return Breaker.objects.filter(opened_at__isnull=False).exists()


def holds_writes() -> bool:
    """Say whether nothing may be written because Odoo has gone back in time."""
    return Breaker.objects.filter(held_at__isnull=False).exists()


def was_away() -> bool:
    """Say whether Odoo did not answer, and nobody has looked since whether it is as it was."""
    return Breaker.objects.filter(was_away=True).exists()


def note_as_it_was() -> None:
    """Odoo knows what it knew before it was away."""
    Breaker.objects.filter(was_away=True).update(was_away=False)


def may_call(now: dt.datetime) -> bool:
    """Say whether a call may be tried now; while open, one caller gets each probe."""
    if not is_open():
        return True
    claimed = Breaker.objects.filter(opened_at__isnull=False, probe_at__lte=now).update(
        probe_at=now + FIRST_PAUSE
    )
    return bool(claimed)


def note_answer(now: dt.datetime) -> None:
    """Odoo answered, whatever it said: close the breaker."""
    if Breaker.objects.filter(failures=0).update(answered_at=now):
        return
    closed = Breaker.objects.filter(~Q(failures=0)).update(
        failures=0, opened_at=None, probe_at=None, reason="", answered_at=now
    )
    if closed:
        touch("odoo")
    else:
        Breaker.objects.update_or_create(pk=1, defaults={"answered_at": now})


def in_words(error: OdooError) -> str:
    """Return what is the matter; of a refused key also which one it is, and where to renew it."""
    if not isinstance(error, OdooUnauthorized):
        return error.reason
    said = error.reason.rstrip(".")
    if settings.ODOO_API_KEY:
        return f"{KEY_REFUSED} in ODOO_API_KEY ({said}). {RENEW_GIVEN}"
    return f"{KEY_REFUSED} that the portal keeps ({said}). {RENEW_KEPT}"


@transaction.atomic
def note_failure(error: OdooError, now: dt.datetime) -> None:
    """Count a call that Odoo did not answer; anything else is an answer."""
    if not isinstance(error, OdooUnavailable | OutcomeUnknown):
        note_answer(now)
        return
    Breaker.objects.get_or_create(pk=1)
    breaker = Breaker.objects.select_for_update().get()
    breaker.failures += 1
    breaker.reason = in_words(error)
    if breaker.failures >= OPENS_AFTER or isinstance(error, AT_ONCE):
        breaker.opened_at = breaker.opened_at or now
        breaker.was_away = True
        doublings = min(breaker.failures - OPENS_AFTER, 10)
        breaker.probe_at = now + min(FIRST_PAUSE * 2 ** max(doublings, 0), LONGEST_PAUSE)
        touch("odoo")
    breaker.save()
