"""The doorbell: rung after commit, and never in the way."""

import time

import pytest
import redis
import structlog
from celery import Celery
from django.conf import settings
from django.db import transaction

from portal.celery import app
from portal.core.jobs import wake

TASK = "portal.core.tasks.forget_old_changes"


def waiting():
    """Return how many messages wait in the queue of the tests' broker."""
    return redis.Redis.from_url(settings.CELERY_BROKER_URL).llen("default")


def test_a_worker_is_woken_after_commit_and_not_before(transactional_db):
    before = waiting()
    with transaction.atomic():
        wake(TASK)
        assert waiting() == before

    assert waiting() == before + 1
    app.control.purge()


@pytest.fixture
def deaf_broker():
    """Ring at a door where nobody is."""
    deaf = Celery("deaf", broker="redis://127.0.0.1:1/0")
    deaf.conf.update(
        task_publish_retry=app.conf.task_publish_retry,
        broker_transport_options=app.conf.broker_transport_options,
    )
    deaf.set_current()
    yield
    app.set_current()


def test_without_a_broker_the_work_is_still_committed_and_nobody_waits(
    transactional_db, person, deaf_broker
):
    began = time.monotonic()
    with structlog.testing.capture_logs() as noted, transaction.atomic():
        somebody = person("OFFICE")
        wake(TASK)

    assert time.monotonic() - began < 2
    assert [one["event"] for one in noted] == ["broker_unreachable"]
    somebody.refresh_from_db()
