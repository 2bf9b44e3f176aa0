"""Every setting that comes from the environment: its name, its type, its meaning.

Nothing else in the project reads the environment. A value may also be given as a file
(``NAME_FILE=/run/secrets/name``), and in development as a line of ``.env``.
"""

import base64
import enum
import stat
import zoneinfo
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from portal.settings.file_source import SecretFiles
from portal.settings.geo import GeoSettings
from portal.settings.providers import ProviderSettings, Words, split

DOTENV = Path(__file__).resolve().parents[2] / ".env"


class Deployment(enum.StrEnum):
    """What this installation is for; all but production carry a ribbon."""

    PRODUCTION = "production"
    STAGING = "staging"
    DEMO = "demo"
    DEVELOPMENT = "development"
    TEST = "test"


def _known_zone(value: str) -> str:
    if value not in zoneinfo.available_timezones():
        raise ValueError("is no time zone name, such as America/New_York")
    return value


def _fernet_key(value: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(value)
    except ValueError as exc:
        raise ValueError("is not url-safe base64") from exc
    if len(raw) != 32:
        raise ValueError("must be 32 bytes in url-safe base64, as `make key` prints")
    return value


Keys = Annotated[
    list[Annotated[str, AfterValidator(_fernet_key)]], NoDecode, BeforeValidator(split)
]
Zone = Annotated[str, AfterValidator(_known_zone)]


class Env(ProviderSettings, GeoSettings):
    """The environment, typed. Making one lists every missing or bad name at once."""

    model_config = SettingsConfigDict(
        env_file=DOTENV, extra="ignore", case_sensitive=True, env_ignore_empty=True
    )

    SECRET_KEY: str = Field(min_length=50, description="Signs sessions and links. Keep it secret.")
    DATABASE_URL: str = Field(
        pattern="^postgres(ql)?://",
        description="PostgreSQL 15 or newer: postgres://user:pw@host/db",
    )
    REDIS_URL: str = Field(pattern="^rediss?://", description="Redis or Valkey; only a doorbell.")
    PUBLIC_URL: str = Field(
        pattern="^https?://[^/]+$", description="What people type: https://portal.example.com"
    )
    ENCRYPTION_KEYS: Keys = Field(
        min_length=1,
        description="Keys for secrets kept in the database, newest first (make key prints one).",
    )

    DEPLOYMENT: Deployment = Field(
        Deployment.PRODUCTION, description="production, staging, demo, development or test."
    )
    ALLOWED_HOSTS: Words = Field(
        default_factory=list, description="More host names that may be asked for."
    )
    TRUSTED_PROXIES: int = Field(
        0, ge=0, le=5, description="How many reverse proxies stand in front and set X-Forwarded-*."
    )
    BUSINESS_TIME_ZONE: Zone = Field(
        "America/New_York", description="First value of the business's time zone in /setup/."
    )
    BUSINESS_COUNTRY: str = Field(
        "US", pattern="^[A-Z]{2}$", description="How numbers without a country code are read."
    )
    LOG_LEVEL: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR."
    )
    EMAIL_URL: str = Field(
        "consolemail://", description="smtp+tls://user:pw@host:587, or filemail:///a/folder."
    )
    DEFAULT_FROM_EMAIL: str = Field(
        "yardmaster@localhost", description="The sender of invitations and warnings."
    )
    CODE_LOGIN_HOURS: int = Field(
        16,
        ge=1,
        le=72,
        description="Hours that a log-in by a code lasts: a driver's shift.",
    )
    MEDIA_ROOT: Path = Field(Path(".local/media"), description="Where uploaded files are kept.")
    DATABASE_POOL: bool = Field(
        False, description="Keep a pool of connections. The web server switches it on by itself."
    )
    ODOO_URL: str = Field(
        "", pattern="^(https?://[^/]+)?$", description="Odoo's address; empty: work without Odoo."
    )
    ODOO_DB: str = Field("", description="The name of Odoo's database.")
    ODOO_API_KEY: str = Field(
        "", description="The bot's key, instead of the one that odoo_provision keeps."
    )
    ODOO_READ_TIMEOUT: float = Field(30, gt=0, le=600, description="Seconds to wait for a read.")
    ODOO_WRITE_TIMEOUT: float = Field(
        130,
        gt=0,
        le=600,
        description="Seconds to wait for a write: longer than Odoo lets a request live.",
    )
    ODOO_POLL_SECONDS: float = Field(
        15, ge=1, le=600, description="Seconds between two looks at what changed in Odoo."
    )
    ODOO_WEBHOOK_SECRET: str = Field(
        "",
        pattern="^([A-Za-z0-9_-]{32,128})?$",
        description="Ends the address of Odoo's webhooks; empty: odoo_provision makes one.",
    )
    ODOO_WEBHOOK_BASE_URL: str = Field(
        "",
        pattern="^(https?://[^/]+)?$",
        description="Where Odoo reaches the portal, if that is not PUBLIC_URL.",
    )
    ODOO_DRIVER_FIELD: str = Field(
        "",
        pattern="^(x_[a-z0-9_]+)?$",
        description="A field of your own on Odoo's transfers that names the driver (x_driver_id).",
    )
    OUTBOX_LEASE_SECONDS: float = Field(
        150, gt=0, description="How long a worker may hold a stream; renewed before every call."
    )
    OUTBOX_MAX_INFLIGHT_SECONDS: float = Field(
        180, gt=0, description="After how long a call that was not answered can no longer land."
    )
    OUTBOX_PROBE_SECONDS: float = Field(
        5, gt=0, description="How long to wait before trying again after an outage."
    )
    OUTBOX_CONCURRENCY: int = Field(
        2, ge=1, le=64, description="How many calls may write to Odoo at once, over all workers."
    )
    OUTBOX_CALLS_PER_SECOND: float = Field(
        0,
        ge=0,
        description="Most calls a second, reads too; 0: no limit. Hosted Odoo: 4, say.",
    )
    DEFAULT_LEAD_OWNER_ID: int | None = Field(
        None, description="The user of Odoo who gets new leads; none: Odoo's own rules choose."
    )
    CHAT_MAY_BE_LOCAL: bool = Field(
        False,
        description="The chat that is told of troubles may be http, or at a private address.",
    )
    STATIC_ROOT: Path = Field(
        Path(".local/static"), description="Where manage.py collectstatic puts what is served."
    )
    HEALTH_TOKEN: str = Field(
        "", description="Who sends it as a bearer token sees the details of /health."
    )

    @model_validator(mode="after")
    def _public_url_is_safe(self) -> Self:
        if self.DEPLOYMENT is Deployment.PRODUCTION and not self.PUBLIC_URL.startswith("https://"):
            raise ValueError("PUBLIC_URL must start with https:// when DEPLOYMENT is production")
        return self

    @model_validator(mode="after")
    def _outbox_times_fit(self) -> Self:
        if self.DEPLOYMENT is Deployment.TEST:  # faults are tested with times that a test can wait
            return self
        for name in ("ODOO_READ_TIMEOUT", "ODOO_WRITE_TIMEOUT"):  # renewed before every call
            if getattr(self, name) + 10 >= self.OUTBOX_LEASE_SECONDS:
                raise ValueError(f"OUTBOX_LEASE_SECONDS must be over {name} + 10")
        if self.OUTBOX_MAX_INFLIGHT_SECONDS < self.ODOO_WRITE_TIMEOUT:
            raise ValueError("OUTBOX_MAX_INFLIGHT_SECONDS must not be under ODOO_WRITE_TIMEOUT")
        return self

    @model_validator(mode="after")
    def _odoo_is_whole(self) -> Self:
        if bool(self.ODOO_URL) != bool(self.ODOO_DB):
            missing = "ODOO_DB" if self.ODOO_URL else "ODOO_URL"
            raise ValueError(f"{missing} is missing: Odoo needs both ODOO_URL and ODOO_DB, or none")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take a value from the call, the environment, a mounted secret, then ``.env``."""
        return init_settings, env_settings, SecretFiles(settings_cls), dotenv_settings


def refuse_readable_dotenv(path: Path = DOTENV) -> None:
    """Refuse a ``.env`` that others on this machine can read.

    :raises PermissionError: with the command that mends it.
    """
    if path.exists() and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        raise PermissionError(f"{path.name} can be read by others. Run: chmod 600 {path.name}")


def sentence(errors: list[Any]) -> str:
    """Say in one line which settings are missing or bad."""
    parts = []
    for error in errors:
        name = ".".join(str(part) for part in error["loc"]) or "environment"
        message = "is missing" if error["type"] == "missing" else error["msg"]
        parts.append(f"{name}: {message}")
    return "Settings are not complete. " + "; ".join(parts) + ". See .env.example."
