"""Tasks: each one in the schedule is registered, and a worker that lost it gets it again."""

import portal
from portal.celery import app, keep_our_logging


def test_the_project_loads_the_configured_celery_application():
    assert portal.celery_app is app
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
    assert app.conf.accept_content == ["json"]
    assert keep_our_logging() is None


def test_every_scheduled_task_is_registered_and_expires():
    app.loader.import_default_modules()

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] <= entry["schedule"]
