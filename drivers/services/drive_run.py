"""A run is begun, and over; and the phone was heard."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from drivers.models import Drive, StopAction
from portal.core.changes import touch
from scheduling.models import Run


def hear(run: Run) -> None:
    """Note that the phone of a run was heard just now."""
    Drive.objects.bulk_create(
        [Drive(run=run, heard_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["run"],
        update_fields=["heard_at"],
    )


def start_run(action: StopAction, run: Run, said: Mapping[str, Any]) -> None:
    """Note when the driver of a run that was heard began; the first time counts."""
    del said
    not_begun = Drive.objects.filter(run=run, started_at=None)
    if not_begun.update(started_at=action.done_at, ended_at=None):
        touch("board")


def end_run(action: StopAction, run: Run, said: Mapping[str, Any]) -> None:
    """Note when the driver of a run that was heard ended; the last time counts."""
    del said
    Drive.objects.filter(run=run).update(ended_at=Greatest(action.done_at, F("started_at")))
    touch("board")
