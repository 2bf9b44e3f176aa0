"""The Celery application: workers are woken by Redis and find their work in the database."""

import os
import sys

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun
from django.db import close_old_connections
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

app = Celery("yardmaster")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.CELERY_DB_REUSE_MAX = sys.maxsize  # else each task would open a session of its own
app.steps["worker"].add(DjangoStructLogInitStep)

for begins_or_ends in (task_prerun, task_postrun):
    begins_or_ends.connect(lambda **_: close_old_connections(), weak=False)


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Stop Celery from replacing the logging that the settings configured."""
