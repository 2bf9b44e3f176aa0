"""A number that somebody blocked in Odoo gets no texts from here either."""

from django.db import transaction
from django.db.models import Max

from crm_intake.ledger.kinds import IMPORTED, Kind, Purpose
from crm_intake.models import LedgerEvent
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.ledger import subjects_of
from crm_intake.services.record_consent import AGREEING, Evidence, record_consent
from odoo_bridge.commands import BlockNumber
from odoo_bridge.models import BlockedNumber
from odoo_bridge.selectors.promises import open_promises


def heed_blacklist() -> int:
    """Write a revocation for each number that was blocked since its last event; return how many.

    What was blocked before that is no news: the number was blocked from here, or the person has
    agreed afresh, and Odoo has not been told yet. Safe to run at any time.
    """
    blocked = BlockedNumber.objects.filter(active=True, deleted_at=None).exclude(odoo_id=None)
    subjects = subjects_of(list(blocked.values_list("number", flat=True)))
    # What somebody agreed to elsewhere, before, does not make a block old news.
    of_subjects = LedgerEvent.objects.filter(subject__in=subjects.values()).exclude(
        source=IMPORTED, kind__in=AGREEING
    )
    latest = dict(
        of_subjects.values("subject").annotate(at=Max("recorded_at")).values_list("subject", "at")
    )
    heeded = 0
    for one in blocked.order_by("pk"):
        last = latest.get(subjects[one.number])
        if one.remote_write_date and (last is None or one.remote_write_date > last):
            heeded += _heed(one)
    return heeded


@transaction.atomic
def _heed(blocked: BlockedNumber) -> bool:
    """Write it, unless it is stopped already, or what we promised Odoo of it is still to come.

    The lock is the mirror's row: another worker that does the same has then written it.
    """
    one = BlockedNumber.objects.select_for_update().get(pk=blocked.pk)
    ours_to_come = open_promises([BlockNumber(number=one.number).stream])
    if ours_to_come or Purpose.MARKETING in standing_of(one.number).stopped:
        return False
    record_consent(
        number=one.number,
        kind=Kind.REVOKED,
        source="odoo",
        action="blacklist",
        evidence=Evidence(wording="The number was blocked in Odoo."),
        occurred_at=one.remote_write_date,
    )
    return True
