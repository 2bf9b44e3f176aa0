"""The portal's settings, with no middleware and with sessions of the database that stay open."""

from portal.settings import base  # noqa: TID251
from portal.settings.base import *  # noqa: F403, TID251

INSTALLED_APPS = [name for name in base.INSTALLED_APPS if not name.startswith("allauth")]
MIDDLEWARE = []
ROOT_URLCONF = "bench.bare_intake"
DATABASES = {
    "default": {
        **base.DATABASES["default"],
        "OPTIONS": {"connect_timeout": 5},
        "CONN_MAX_AGE": None,
    }
}
