"""The housekeeping of the ground floor."""

from typing import Any

from celery import shared_task

from portal.core import changes, kept_parts


@shared_task(ignore_result=True)
def forget_old_changes(**_: Any) -> None:
    """Keep the tables of changes and of parts small. Safe to run at any time, and to miss."""
    changes.forget_superseded()
    kept_parts.forget_parts()
