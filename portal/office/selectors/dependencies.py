"""What the portal depends on, and whether it answers now."""

from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection

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
    return [_database(), _broker()]


def _database() -> Dependency:
    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            version = cursor.fetchone()[0]
    except DatabaseError as exc:
        return Dependency("database", ok=False, needed=True, detail=type(exc).__name__)
    return Dependency("database", ok=True, needed=True, detail=f"PostgreSQL {version}")


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
