"""Keep the secret that ends the address of Odoo's webhooks."""

import datetime as dt
import secrets

from django.db import transaction

from odoo_bridge.models import OdooAccess
from odoo_bridge.services.note_hint import digest
from portal.audit.services.record import record

OLDER_IS_GOOD_FOR = dt.timedelta(days=1)


def secret_stays(access: OdooAccess, *, given: str, rotate: bool) -> bool:
    """Say whether the kept secret is the one that Odoo shall know."""
    return bool(access.hint_secret) and access.hint_secret == wanted_secret(access, given, rotate)


def wanted_secret(access: OdooAccess, given: str, rotate: bool) -> str:
    """Return the given secret, or the kept one unless it is to be changed; empty: a new one."""
    return given or ("" if rotate else access.hint_secret)


@transaction.atomic
def keep_hint_secret(*, given: str, rotate: bool, now: dt.datetime) -> str:
    """Return the secret that Odoo shall know: the given one, the kept one, or a new one.

    The one before stays good for a day: Odoo may post to the old address until its rules are
    changed, and its workers know of the change.
    """
    access = OdooAccess.objects.select_for_update().get()
    secret = wanted_secret(access, given, rotate) or secrets.token_urlsafe(32)
    if secret == access.hint_secret:
        return secret
    if access.hint_secret:
        access.older_hint_digest = access.hint_digest
        access.older_hint_until = now + OLDER_IS_GOOD_FOR
        record(by=None, what="Odoo's webhook secret changed", target=access)
    access.hint_secret, access.hint_digest = secret, digest(secret)
    access.save()
    return secret


@transaction.atomic
def keep_hints_since(*, now: dt.datetime | None) -> None:
    """Note from when on Odoo tells of changes, unless that is noted; ``None``: it does not."""
    access = OdooAccess.objects.select_for_update().get()
    if now is None or access.hints_since is None:
        access.hints_since = now
        access.save(update_fields=["hints_since"])
