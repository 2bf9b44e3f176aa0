"""The tasks that put together what all apps know."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from crm_intake.selectors.hearing import source_troubles
from odoo_bridge.services.follow_troubles import follow_troubles
from odoo_bridge.services.tell_of_alerts import tell_of_alerts
from odoo_bridge.slots import Doing, slot


@shared_task(ignore_result=True)
def watch_troubles(**_: Any) -> None:
    """Note what is the matter and what is over, and tell of it. Safe to run at any time."""
    with slot(Doing.WATCHING, of=1) as free:
        if free:
            now = timezone.now()
            follow_troubles(now=now, beside=source_troubles(now))
            tell_of_alerts(now=now)
