"""The intake's tasks. They carry no data and find their own work in the database."""

import time
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.utils import timezone

from crm_intake.senders import sender
from crm_intake.services.deliver_text import anything_to_do, deliver_next
from crm_intake.services.fetch_attachment import fetch_next
from crm_intake.services.fill_gaps import fill_all_gaps
from crm_intake.services.heed_blacklist import heed_blacklist
from crm_intake.services.keep_call import give_up_waiting_for_callers
from crm_intake.services.resolve_text import give_up_waiting_for_answers, resolve_next
from crm_intake.services.understand_delivery import understand_next
from odoo_bridge.slots import Doing, slot

BATCH = 500
LONGEST = 100  # seconds: a worker's limit is four minutes, and a slow provider takes its time
FILES = 10


@shared_task(ignore_result=True)
def understand_deliveries(**_: Any) -> None:
    """Understand what providers delivered. Safe to run at any time, by any number of workers."""
    _until_nothing_waits(understand_next, at_most=BATCH)
    give_up_waiting_for_callers(timezone.now())


@shared_task(ignore_result=True)
def fetch_attachments(**_: Any) -> None:
    """Fetch what came along with texts and calls. Safe to run at any time.

    One at a time: a slow source must not take all the workers that leads wait for.
    """
    with slot(Doing.FETCHING, of=1) as free:
        if free:
            _until_nothing_waits(fetch_next, at_most=FILES)


@shared_task(ignore_result=True)
def ask_sources(**_: Any) -> None:
    """Ask sources for what they did not deliver. Safe to run at any time; one worker at a time."""
    with slot(Doing.ASKING, of=1) as free:
        if free:
            fill_all_gaps()


@shared_task(ignore_result=True)
def heed_odoo_blacklist(**_: Any) -> None:
    """Heed what was blocked in Odoo. Safe to run at any time, by any number of workers."""
    heed_blacklist()


@shared_task(ignore_result=True)
def send_texts(**_: Any) -> None:
    """Hand the waiting texts to the provider. Safe to run at any time.

    One at a time: the provider has a limit, and a slow one must not take all the workers.
    """
    if not anything_to_do():
        return
    with slot(Doing.TEXTING, of=1) as free:
        if free:
            give_up_waiting_for_answers()
            _until_nothing_waits(lambda: resolve_next(sender()), at_most=BATCH)
            _until_nothing_waits(lambda: deliver_next(sender()), at_most=BATCH)


def _until_nothing_waits(work: Callable[[], bool], *, at_most: int) -> None:
    """Do the work until there is none left, or until it is time to let other tasks run."""
    until = time.monotonic() + LONGEST
    for _round in range(at_most):
        if time.monotonic() > until or not work():
            return
