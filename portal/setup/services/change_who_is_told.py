"""Change who hears of troubles with Odoo."""

from collections.abc import Collection, Sequence

from django.db import transaction

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.setup.models import WhoIsTold


@transaction.atomic
def change_who_is_told(
    *, people: Collection[int], addresses: Sequence[str], chat_url: str | None, by: User
) -> WhoIsTold:
    """Keep the list. ``chat_url`` of ``None`` stays as it is, and an empty one goes.

    The audit says that the chat's address was changed, and never which it is.
    """
    WhoIsTold.objects.get_or_create(pk=1)
    told = WhoIsTold.objects.select_for_update().get()
    old = {"people": sorted(_names(told)), "addresses": told.addresses, "chat": bool(told.chat_url)}
    told.people.set(people)
    told.addresses = list(addresses)
    changed = chat_url is not None and chat_url != told.chat_url
    if chat_url is not None:
        told.chat_url = chat_url
    told.save()
    new = {"people": sorted(_names(told)), "addresses": told.addresses, "chat": bool(told.chat_url)}
    if changed:
        new["chat_address"] = "changed"
    if new != old:
        record(by=by, what="who is told of troubles changed", target=told, old=old, new=new)
        touch("setup")
    return told


def _names(told: WhoIsTold) -> list[str]:
    return list(told.people.values_list("email", flat=True))
