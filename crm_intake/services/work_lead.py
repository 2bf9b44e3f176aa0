"""What the office does with a lead: who sees to it, how far it is, and how it ends."""

from uuid import UUID

from django.utils.translation import gettext as _

from crm_intake.errors import LeadEnded
from odoo_bridge.commands import CloseLead, ConvertLead
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.leads import ShownLead, shown_leads
from odoo_bridge.services.change_lead import change_lead
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew


@begins_anew
def set_lead(
    *, key: UUID, changes: dict[str, int | None], seen: dict[str, int | None], by: User
) -> None:
    """Promise Odoo another owner, another stage or both; nothing where neither differs.

    :param changes: Odoo's ids by ``owner_odoo_id`` and ``stage_odoo_id``; ``None``: nobody.
    :param seen: what stood in the same fields when the person chose.

    :raises LeadEnded: it is gone, won or lost.
    """
    shown = _lock_open(key)
    new = {name: value for name, value in changes.items() if value != seen.get(name)}
    if not new:
        return
    ids = {name: value or 0 for name, value in new.items()}
    change_lead(lead_uuid=key, changes=ids, seen={name: seen.get(name) for name in new}, by=by)
    old = {name: seen.get(name) for name in new}
    record(by=by, what="lead changed", target=shown.record, old=old, new=new)
    touch("leads")


@begins_anew
def convert_lead(*, key: UUID, by: User) -> None:
    """Promise Odoo to make it an opportunity with a customer; one that is stays so.

    :raises LeadEnded: it is gone, won or lost.
    """
    shown = _lock_open(key)
    if not shown.is_opportunity:
        customer = shown.record.customer_odoo_id
        enqueue(ConvertLead(lead_uuid=key, customer_odoo_id=customer), by=by)
        record(by=by, what="lead made an opportunity", target=shown.record)
        touch("leads")


@begins_anew
def close_lead(*, key: UUID, won: bool, reason: str, by: User) -> None:
    """Promise Odoo that it is won, or lost for a reason.

    :raises LeadEnded: it has ended already.
    """
    shown = _lock_open(key)
    enqueue(CloseLead(lead_uuid=key, won=won, reason=reason), by=by)
    new = {"won": won, "reason": reason}
    record(by=by, what="lead closed", target=shown.record, new=new)
    touch("leads")


def _lock_open(key: UUID) -> ShownLead:
    LeadRecord.objects.select_for_update(no_key=True).filter(uuid=key).first()
    shown = next(iter(shown_leads(LeadRecord.objects.filter(uuid=key, deleted_at=None))), None)
    if shown is None:
        raise LeadEnded(_("This lead does not exist any more."))
    if not shown.is_open:
        raise LeadEnded(_("This lead was closed meanwhile. To go on with it, open it in Odoo."))
    return shown
