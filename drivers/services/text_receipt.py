"""The customer gets a receipt as a text, through the gate."""

import datetime as dt

from django.utils import timezone

from crm_intake.ledger.kinds import Purpose
from crm_intake.services.send_text import send_text
from drivers.models import Collection
from drivers.selectors.rules import driver_rules
from drivers.selectors.way_words import receipt_at, received
from drivers.services.tell_of_way import tracking_of
from portal.core.templatetags.figures import money
from portal.setup.selectors.profile import business_profile
from scheduling.models import Job
from scheduling.selectors.notices import number_to_tell

RECEIPT_MAY_WAIT = dt.timedelta(hours=12)
IN_WHAT = {Collection.Method.CASH: "in cash", Collection.Method.CHECK: "by check no. {number}"}


def text_receipt(collection: Collection, job: Job) -> None:
    """Text what was paid and where its receipt is, if the business wants it; once a collection.

    It may wait until the person has had fewer texts of us in a day, but not for longer than it says
    something. What the gate refuses is kept with its reason, and no error of the driver's. The
    caller has just made the collection.
    """
    until = collection.collected_at + RECEIPT_MAY_WAIT
    number = number_to_tell(job)
    if not (driver_rules().text_receipt and number and until > timezone.now()):
        return
    collection.receipt = send_text(
        number=number,
        text=_words(collection, job),
        purpose=Purpose.DELIVERY,
        by=None,
        not_after=until,
    )
    collection.save(update_fields=["receipt"])


def _words(collection: Collection, job: Job) -> str:
    currency = collection.payment.currency
    how = IN_WHAT[Collection.Method(collection.method)].format(number=collection.check_number)
    paid = money(collection.amount, currency.symbol if currency else "").replace("\u00a0", "")
    link = receipt_at(tracking_of(job))
    return received(job, business_profile(), paid=f"{paid} {how}", link=link)
