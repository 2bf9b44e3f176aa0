"""The housekeeping of the ground floor."""

from typing import Any

from celery import shared_task

from portal.core import changes


@shared_task(ignore_result=True)
def forget_old_changes(**_: Any) -> None:
    """Keep the table of changes small. Safe to run at any time, and to miss."""
    changes.forget_superseded()
