"""The office has dealt with a link to pay by card that never reached the customer."""

from django.db import transaction

from drivers.errors import NotDecided
from drivers.models import CardLink
from drivers.selectors.lost_links import is_lost
from drivers.services.decide_act import SAY_HOW
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch


@transaction.atomic
def settle_card_link(*, link_id: int, note: str, by: User) -> CardLink:
    """Note how it was settled: it needs nobody any more.

    :raises NotDecided: somebody was faster, it is not lost (any more), or nobody says how.
    """
    row = CardLink.objects.select_for_update(of=("self",), no_key=True).get(pk=link_id)
    if row.settled:
        raise NotDecided("Somebody has settled this just now.")
    if not is_lost(row):
        raise NotDecided(
            "This link needs nobody any more: it is on its way or paid, or there is a newer one."
        )
    if not note:
        raise NotDecided(SAY_HOW)
    row.settled = note
    row.save(update_fields=["settled"])
    record(by=by, what="card link settled", target=row, new={"note": note})
    touch("drives")
    return row
