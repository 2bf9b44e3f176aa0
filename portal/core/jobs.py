"""The doorbell of the workers."""

from celery import current_app
from django.db import transaction


def wake(task_name: str) -> None:
    """Ask a worker to look for work once this transaction commits, rather than at the next beat.

    Only a hint: the work itself is a database row that a sweep finds, so a broker that is down
    delays it and never fails the request (hence ``robust``).
    """
    # Not a partial: Django asks a robust hook that failed for its name, which a partial lacks.
    transaction.on_commit(lambda: current_app.send_task(task_name), robust=True)
