"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
os.environ.setdefault("DATABASE_POOL", "true")

long_way = get_wsgi_application()

from crm_intake.webhook_urls import doors  # noqa: E402 - Django is ready now
from portal.core.short_way import ShortWay  # noqa: E402

application = ShortWay(long_way, doors())

# What is here now stays: it need not be looked through again and again for what nobody uses. A page
# of ten thousand cards took twice as long for that.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
