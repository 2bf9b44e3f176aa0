"""The intake's tasks. They carry no data and find their own work in the database."""

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
    for _round in range(BATCH):
        if not understand_next():
            break
    give_up_waiting_for_callers(timezone.now())


@shared_task(ignore_result=True)
def send_texts(**_: Any) -> None:
    """Hand the waiting texts to the provider. Safe to run at any time."""
    for _round in range(BATCH):
        if not deliver_next(ConsoleProvider()):
            return
