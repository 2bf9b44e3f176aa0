"""Records that are gone from Odoo. Their mirrors stay, for what points at them, with a date."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from odoo_bridge.signals import mirrors_changed
from odoo_bridge.sync.columns import MirrorSpec
from portal.core.changes import touch


@transaction.atomic
def bury(spec: MirrorSpec, odoo_ids: Iterable[int]) -> list[int]:
    """Note that these records are gone; return the keys of those that lived until now.

    Who calls this has looked twice, and Odoo answered both times.
    """
    living = spec.model.objects.filter(odoo_id__in=list(odoo_ids), deleted_at=None)
    keys = list(living.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not keys:
        return []
    spec.model.objects.filter(pk__in=keys).update(deleted_at=timezone.now())
    if spec.topic:
        touch(spec.topic)
    transaction.on_commit(
        lambda: mirrors_changed.send_robust(sender=spec.model, keys=keys), robust=True
    )
    return keys
