"""Settings of the tests: the real database and broker of this machine, quick password hashes."""

import os

from cryptography.fernet import Fernet

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("ENCRYPTION_KEYS", Fernet.generate_key().decode())
os.environ.setdefault("PUBLIC_URL", "http://testserver")
os.environ.setdefault("DATABASE_URL", "postgres://yardmaster@127.0.0.1:1/yardmaster")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ["DEPLOYMENT"] = "test"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["GEOCODERS"] = "none"

from portal.settings.base import *

INSTALLED_APPS = [
    "portal.testing",
    *INSTALLED_APPS,
    "zeal",
    "django_linear_migrations",
    "django_migration_linter",
]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Factories tell no topic: only the tests of kept parts keep any.
PARTS_ARE_KEPT = False  # factories tell no topic
DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE")}
LOGGING["root"]["level"] = "CRITICAL"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
TEXTS_PER_SECOND = 100.0
