"""The WSGI entry point that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
os.environ.setdefault("DATABASE_POOL", "true")

long_way = get_wsgi_application()

from crm_intake.webhook_urls import doors  # noqa: E402 - Django is ready now
from portal.core.short_way import ShortWay  # noqa: E402

application = ShortWay(long_way, doors())
