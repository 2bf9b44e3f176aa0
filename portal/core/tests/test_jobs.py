"""The doorbell: rung after commit, and never in the way."""

import datetime as dt
import json
import time

import pytest
import redis
import structlog
from celery import Celery
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.celery import app
from portal.core.jobs import ring, wake

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


def test_a_worker_that_is_to_begin_later_is_told_when(transactional_db):
    app.control.purge()
    before = timezone.now()
    ring(TASK, after=60)
    ring(TASK)

    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    now, later = [json.loads(one)["headers"]["eta"] for one in broker.lrange("default", 0, 1)]
    app.control.purge()
    assert now is None
    assert 55 < (dt.datetime.fromisoformat(later) - before).total_seconds() < 65


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
