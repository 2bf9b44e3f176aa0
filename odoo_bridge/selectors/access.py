"""The client with which the portal's own tasks speak to Odoo."""

from collections.abc import Callable

from django.conf import settings

from odoo_bridge.client import OdooClient, Protocol
from odoo_bridge.models import OdooAccess
from odoo_bridge.selectors.sample import holds_sample_data


def odoo_is_set() -> bool:
    """Say whether this portal has an Odoo at all."""
    return bool(settings.ODOO_URL)


def where_odoo_reaches_us() -> str:
    """Return the address, without a path, that Odoo's webhooks are sent to."""
    return str(settings.ODOO_WEBHOOK_BASE_URL or settings.PUBLIC_URL)


def default_client() -> OdooClient | None:
    """Return a client with the bot's key; ``None`` before there is an Odoo or a key."""
    return client_of(OdooAccess.objects.first())


def client_of(
    access: OdooAccess | None, *, before_call: Callable[[], object] | None = None
) -> OdooClient | None:
    """Return a client with the key that is kept; ``None`` before there is an Odoo or a key.

    A key in the environment (``ODOO_API_KEY``) wins over the one that provisioning kept, but not
    in a portal that shows sample data: they would be mixed.
    """
    key = settings.ODOO_API_KEY or (access.api_key if access else "")
    if not odoo_is_set() or not key:
        return None
    if access is None and holds_sample_data():  # there is none once a portal was provisioned
        return None
    return OdooClient(
        base_url=settings.ODOO_URL,
        database=settings.ODOO_DB,
        api_key=key,
        read_timeout=settings.ODOO_READ_TIMEOUT,
        write_timeout=settings.ODOO_WRITE_TIMEOUT,
        protocol=Protocol(access.protocol) if access else Protocol.JSON2,
        user=access.bot_user_id if access else "",
        before_call=before_call,
    )
