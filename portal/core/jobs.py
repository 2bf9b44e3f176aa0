"""The doorbell of the workers."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def wake(task_name: str) -> None:
    """Ask a worker to look for work once this transaction commits, rather than at the next beat.

    Only a hint: the work itself is a database row that a sweep finds, so a broker that is down
    delays it and never fails the request (hence ``robust``, for whatever else may go wrong).
    """
    transaction.on_commit(lambda: ring(task_name), robust=True)


def ring(task_name: str, *, after: float = 0) -> None:
    """Ask now; a broker that does not answer is worth a line, as often as it is asked.

    :param after: seconds until a worker begins, in which it does other work.
    """
    try:
        current_app.send_task(task_name, countdown=after or None)
    except OperationalError as error:
        log.warning("broker_unreachable", task=task_name, error=str(error))
