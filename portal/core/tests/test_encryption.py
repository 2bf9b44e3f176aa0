"""Secrets in the database: unreadable without the keys, readable through a rotation."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from portal.core.encryption import EncryptedTextField, decrypt, encrypt

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_secret_can_be_read_after_a_new_key_was_put_in_front(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    token = encrypt("key of the bot")
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    assert "bot" not in token
    assert decrypt(token) == "key of the bot"
    assert decrypt(encrypt("another")) == "another"


def test_a_secret_under_a_lost_key_says_which_setting_to_mend(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    token = encrypt("key of the bot")
    settings.ENCRYPTION_KEYS = [NEW]

    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS lacks"):
        decrypt(token)


def test_the_field_keeps_empty_texts_as_they_are():
    field = EncryptedTextField()

    assert field.get_prep_value("") == ""
    assert field.get_prep_value(None) is None
    assert field.from_db_value("", None, None) == ""
    assert field.from_db_value(field.get_prep_value("x"), None, None) == "x"
