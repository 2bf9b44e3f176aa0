"""Tasks: each one in the schedule is registered, and a worker that lost it gets it again."""

import re

import portal
from portal.celery import app, keep_our_logging
from portal.testing.sources import tracked_files


def test_the_project_loads_the_configured_celery_application():
    assert portal.celery_app is app
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
    assert app.conf.accept_content == ["json"]
    assert keep_our_logging() is None


def test_whatever_is_woken_is_a_registered_task_that_a_sweep_finds_too():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    named = {
        match
        for file in tracked_files("*.py")
        if not {"tests", "settings"} & set(file.parts)
        for match in re.findall(r'"(\w+(?:\.\w+)*\.tasks\.\w+)"', file.read_text())
    }

    assert "odoo_bridge.tasks.drain_outbox" in named
    assert named <= set(app.tasks)
    assert named <= scheduled


def test_every_scheduled_task_is_registered_and_expires():
    app.loader.import_default_modules()

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] <= entry["schedule"]
