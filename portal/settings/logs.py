"""Structured logs: one JSON object a line, with request id, without phone numbers."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

PHONE = re.compile(r"(?<![\w.-])(?:\+|\()?\d[\d ().-]{6,17}\d(?![\w-])")
# An address that ends with a secret: whoever has it can knock at our door, or follow a delivery.
SECRET_ADDRESS = re.compile(r"(/webhook/odoo/|/t/)[^\s'\"?]+")
# What somebody searched for is a person's name, number or words.
SEARCHED = re.compile(r"([?&]q=)[^&\s'\"]+")
# Ours and never a person's: masking their digits would make a log line useless.
NEVER_PERSONAL = {"timestamp", "request_id", "task_id", "parent_task_id", "level", "logger"}


def _mask(match: re.Match[str]) -> str:
    text = match.group()
    digits = re.sub(r"\D", "", text)
    # Shorter than a national number, or longer than E.164 allows: not a telephone number.
    if not 10 <= len(digits) <= 15:
        return text
    return f"…{digits[-2:]}"


def mask_phone_numbers(text: str) -> str:
    """Return the text with all but the last two digits of each telephone number gone."""
    return PHONE.sub(_mask, text)


def mask_secret_addresses(text: str) -> str:
    """Return the text without the secrets that addresses of ours end with."""
    return SECRET_ADDRESS.sub(r"\1…", text)


def mask_event(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask telephone numbers, secret addresses and what was searched for in every text of it."""
    for key, value in event.items():
        if isinstance(value, str) and key not in NEVER_PERSONAL:
            without = SEARCHED.sub(r"\1…", mask_secret_addresses(value))
            event[key] = mask_phone_numbers(without)
    return event


def without_traceback_of_refusals(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take the traceback from what Django logs of a refused request: it ends where it must."""
    if event.get("logger") == "django.request" and event.get("level") == "warning":
        event.pop("exc_info", None)
    return event


SHARED_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, level: str) -> dict[str, Any]:
    """Configure structlog, and return the same for the standard library's loggers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [
                    *SHARED_PROCESSORS,
                    structlog.stdlib.PositionalArgumentsFormatter(),
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    without_traceback_of_refusals,
                    structlog.processors.format_exc_info,
                    mask_event,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }
