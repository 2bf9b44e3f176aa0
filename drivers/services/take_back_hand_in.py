"""A count was a mistake."""

import uuid

from django.db import transaction
from django.utils import timezone

from drivers.errors import HandInChanged
from drivers.models import Collection, HandIn
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch


@transaction.atomic
def take_back_hand_in(*, key: uuid.UUID, by: User) -> HandIn:
    """Let the money be the driver's again, to be counted anew; the hand-in stays, marked.

    :raises HandInChanged: it is deposited, or was taken back.
    """
    waiting = HandIn.objects.filter(deposit=None, taken_back_at=None)
    hand_in = waiting.select_for_update().filter(uuid=key).first()
    if hand_in is None:
        raise HandInChanged("This is at the bank by now, or was taken back.")
    taken = Collection.objects.filter(hand_in=hand_in)
    keys = list(taken.order_by("pk").values_list("pk", flat=True))
    taken.update(hand_in=None)
    hand_in.taken_back_at, hand_in.taken_back_by = timezone.now(), by
    hand_in.save(update_fields=["taken_back_at", "taken_back_by"])
    record(by=by, what="hand-in taken back", target=hand_in, old={"collections": keys})
    touch("money")
    return hand_in
