"""Understand deliveries once more, from what was stored of them."""

from django.db import transaction

from crm_intake.errors import DeliveryWaits, NotPosted
from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import WebhookDelivery
from crm_intake.services.store_delivery import UNDERSTAND
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.jobs import wake

State = WebhookDelivery.State
ANEW = {"state": State.NEW, "attempts": 0, "tried_at": None, "trouble": ""}


@transaction.atomic
def replay_delivery(*, delivery_id: int, by: User) -> None:
    """Understand one delivery once more. What it brought already is not brought again.

    :raises DeliveryWaits: it has not been looked at yet.
    :raises NotPosted: it is a row that was imported.
    """
    delivery = WebhookDelivery.objects.select_for_update().defer("body").get(pk=delivery_id)
    if delivery.provider == IMPORTED:
        raise NotPosted("This was imported, not delivered: import the file again.")
    if delivery.state == State.NEW:
        raise DeliveryWaits("This delivery waits to be read already.")
    record(by=by, what="delivery replayed", target=delivery, old={"state": delivery.state})
    WebhookDelivery.objects.filter(pk=delivery.pk).update(**ANEW)
    touch("inbox")
    wake(UNDERSTAND)


@transaction.atomic
def replay_troubled(*, provider: str, by: User) -> int:
    """Understand once more all that could not be understood of a source; return how many."""
    troubled = WebhookDelivery.objects.filter(
        provider=provider, state__in=WebhookDelivery.TROUBLED
    ).defer("body")
    deliveries = list(troubled.select_for_update().order_by("pk"))
    for delivery in deliveries:
        record(by=by, what="delivery replayed", target=delivery, old={"state": delivery.state})
    WebhookDelivery.objects.filter(pk__in=[one.pk for one in deliveries]).update(**ANEW)
    touch("inbox")
    wake(UNDERSTAND)
    return len(deliveries)
