"""The environment of the portal's own processes, made of the services that run here."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from portal.local import pango
from portal.local.paths import STATE
from portal.local.ports import HOST
from portal.local.private_files import kept_values


def _bytes_as_base64() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


SECRETS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "ENCRYPTION_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "HEALTH_TOKEN": lambda: secrets.token_urlsafe(32),
    "QUO_SIGNING_SECRET": _bytes_as_base64,
    "QUO_WEBHOOK_KEY": lambda: f"whsec_{_bytes_as_base64()}",
}
# Shorter waits than in production, so that a demo recovers while one watches; others may be given.
IMPATIENCE = {
    "ODOO_READ_TIMEOUT": "25",
    "ODOO_WRITE_TIMEOUT": "25",
    "OUTBOX_LEASE_SECONDS": "40",
    "OUTBOX_MAX_INFLIGHT_SECONDS": "40",
    "OUTBOX_PROBE_SECONDS": "1",
}


def portal_secrets(*, state: Path = STATE) -> dict[str, str]:
    """Return the portal's secrets: made at the first call, the same ever after."""
    return kept_values(state / "secrets.json", SECRETS)


def portal_environment(
    *, database_url: str, redis_url: str, port: int, state: Path = STATE
) -> dict[str, str]:
    """Return the whole environment for the portal's processes, without an Odoo."""
    return {
        **IMPATIENCE,
        "DEFAULT_LEAD_OWNER_ID": "2",  # in Odoo's demo data, the administrator
        "DELIVERY_ORIGIN_LATITUDE": "43.2081",  # the demo's yard, in Concord
        "DELIVERY_ORIGIN_LONGITUDE": "-71.5376",
        "DELIVERY_RATE_PER_MILE": "4",
        "GEOCODERS": "none",  # nobody outside is asked unless somebody wants it
        **os.environ,
        **pango.environment(),
        **portal_secrets(state=state),
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "DEPLOYMENT": "demo",
        "PUBLIC_URL": f"http://{HOST}:{port}",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"filemail://{state / 'mail'}",
        "MEDIA_ROOT": str(state / "media"),
        "PYTHONUNBUFFERED": "1",
        # Named even when empty, so that a line of a developer's .env does not count here.
        "ODOO_URL": "",
        "ODOO_DB": "",
        "ODOO_API_KEY": "",
    }
