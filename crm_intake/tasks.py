"""The intake's tasks. They carry no data and find their own work in the database."""

from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.utils import timezone

from crm_intake.console.client import ConsoleProvider
from crm_intake.services.deliver_text import deliver_next
from crm_intake.services.keep_call import give_up_waiting_for_callers
from crm_intake.services.understand_delivery import understand_next

BATCH = 500


@shared_task(ignore_result=True)
def understand_deliveries(**_: Any) -> None:
    """Understand what providers delivered. Safe to run at any time, by any number of workers."""
    _until_nothing_waits(understand_next)
    give_up_waiting_for_callers(timezone.now())


@shared_task(ignore_result=True)
def send_texts(**_: Any) -> None:
    """Hand the waiting texts to the provider. Safe to run at any time."""
    _until_nothing_waits(lambda: deliver_next(ConsoleProvider()))


def _until_nothing_waits(work: Callable[[], bool]) -> None:
    """Do the work until there is none left, or until it is time to let other tasks run."""
    for _round in range(BATCH):
        if not work():
            return
