"""Secrets kept in the database: encrypted under ``ENCRYPTION_KEYS``, newest key first.

A key is rotated by putting a new one in front; what was written under an older one can be read as
long as that stays in the list.
"""

from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def encrypt(text: str) -> str:
    """Return the text as a token that only our keys can read."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token.

    :raises ImproperlyConfigured: no key of ``ENCRYPTION_KEYS`` can read it.
    """
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken as exc:
        raise ImproperlyConfigured(
            "A secret in the database was encrypted under a key that ENCRYPTION_KEYS lacks. "
            "Put the older key back at the end of the list."
        ) from exc


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that stands encrypted in the database. It cannot be searched for."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt what was read; an empty text stays one."""
        return decrypt(value) if value else value

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt what will be written; an empty text stays one."""
        text = super().get_prep_value(value)
        return encrypt(text) if text else text
