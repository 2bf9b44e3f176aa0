"""What the portal depends on, and whether it answers now."""

from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from odoo_bridge.selectors.state import odoo_state

PATIENCE = 1.0  # seconds


@dataclass(frozen=True)
class Dependency:
    """One thing that the portal uses; without a ``needed`` one no page can be served."""

    name: str
    ok: bool
    needed: bool
    detail: str


def dependencies() -> list[Dependency]:
    """Ask each dependency of the portal, without waiting long for any."""
    database = _database()
    return [database, _broker(), *(_odoo() if database.ok else [])]


def _database() -> Dependency:
    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            version = cursor.fetchone()[0]
    except DatabaseError as exc:
        return Dependency("database", ok=False, needed=True, detail=type(exc).__name__)
    return Dependency("database", ok=True, needed=True, detail=f"PostgreSQL {version}")


def _odoo() -> list[Dependency]:
    """Tell how Odoo was when the workers last asked: no request of ours ever calls it."""
    state = odoo_state()
    if state is None:
        return []
    return [Dependency("odoo", ok=state.reachable, needed=False, detail=state.in_words)]


def _broker() -> Dependency:
    """Ask Redis: without it work starts at the next sweep instead of at once."""
    broker = redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
    )
    try:
        with broker:
            broker.ping()
    except redis.RedisError as exc:
        return Dependency("redis", ok=False, needed=False, detail=type(exc).__name__)
    return Dependency("redis", ok=True, needed=False, detail="answers")
