"""Whether Odoo takes the portal's key, until when, and whether it is the portal's own Odoo."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from odoo_bridge.breaker import RENEW_GIVEN, RENEW_KEPT
from odoo_bridge.client import (
    Kind,
    OdooClient,
    OdooUnauthorized,
    OdooUnavailable,
)
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.doctor.finding import Finding, attention, broken, fine
from odoo_bridge.provision.instance import is_our_odoo
from odoo_bridge.selectors.access import client_of

KEY, EXPIRY, MARK = "Key", "Key's end", "Own Odoo"
PROVISION = RENEW_KEPT
# So many days before the end, it is said in these words.
WARNINGS = (
    (2, f"The portal stops then. Today: {PROVISION}"),
    (7, f"This week: {PROVISION}"),
    (21, f"In the next weeks: {PROVISION}"),
)


def key_at_hand() -> tuple[OdooAccess | None, OdooClient | Finding]:
    """Return what is kept, and a client with the key, or what is wrong with that."""
    try:
        access = OdooAccess.objects.first()
        client = client_of(access)
    except ImproperlyConfigured as exc:
        advice = "Put the older key back into ENCRYPTION_KEYS, or run odoo_provision again."
        return None, broken(KEY, str(exc), advice)
    except ValueError:
        return None, broken(KEY, "ODOO_API_KEY has a character that no key has.", PROVISION)
    if client is None:
        return access, broken(KEY, "The portal has no key yet.", PROVISION)
    return access, client


def key_finding(client: OdooClient) -> Finding:
    """Look whether Odoo takes the key in this database."""
    try:
        client.call("res.users", "context_get", kind=Kind.READ)
    except OdooUnauthorized as exc:
        advice = RENEW_GIVEN if settings.ODOO_API_KEY else PROVISION
        return broken(KEY, f"Odoo refuses the key: {exc.reason}", advice)
    except OdooUnavailable as exc:
        says = f"Odoo does not say whether it takes the key: {exc.reason}"
        advice = f"Check that Odoo runs and has the database {client.database} (ODOO_DB)."
        return broken(KEY, says, advice)
    return fine(KEY, f"Odoo takes the key, in its database {client.database}.")


def expiry_finding(access: OdooAccess | None, now: dt.datetime) -> Finding:
    """Look when the key ends."""
    if settings.ODOO_API_KEY or access is None:
        advice = "Renew the key in ODOO_API_KEY before it ends, or leave the setting empty."
        return attention(EXPIRY, "Nobody here knows when the key in ODOO_API_KEY ends.", advice)
    days = (access.key_expires_at - now).days
    says = f"The key ends in {days} days, on {access.key_expires_at:%Y-%m-%d}."
    if days < 0:
        return broken(EXPIRY, f"The key has ended on {access.key_expires_at:%Y-%m-%d}.", PROVISION)
    for most, advice in WARNINGS:
        if days <= most:
            return attention(EXPIRY, says, advice)
    return fine(EXPIRY, says)


def mark_finding(client: OdooClient, access: OdooAccess | None) -> Finding:
    """Look for the mark that provisioning has left in Odoo."""
    if access is None:
        says = "The key comes from ODOO_API_KEY, and this Odoo carries no mark of the portal."
        return attention(MARK, says, PROVISION)
    if is_our_odoo(client, instance=access.instance, bot_user_id=access.bot_user_id):
        return fine(MARK, f"This Odoo carries the portal's mark (instance {access.instance}).")
    says = f"This Odoo does not carry the portal's mark (instance {access.instance})."
    advice = "It is another Odoo or a copy, and nothing is sent: correct ODOO_URL and ODOO_DB."
    return broken(MARK, says, advice)
