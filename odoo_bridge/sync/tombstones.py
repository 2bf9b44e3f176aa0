"""Records that are gone from Odoo. Their mirrors stay, for what points at them, with a date."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from odoo_bridge.models import Mirror
from odoo_bridge.signals import mirrors_changed
from odoo_bridge.sync.columns import MirrorSpec
from portal.core.changes import touch


def bury(spec: MirrorSpec, odoo_ids: Iterable[int]) -> list[int]:
    """Note that these records are gone; return the keys of those that lived until now.

    Who calls this has looked twice, and Odoo answered both times.
    """
    living = spec.model.objects.filter(odoo_id__in=list(odoo_ids), deleted_at=None)
    return _end(spec, living, deleted_at=timezone.now())


def let_go(spec: MirrorSpec, which: Q) -> list[int]:
    """Take the ids of these records from our mirrors, which count as deleted; return their keys."""
    gone = Coalesce("deleted_at", timezone.now())
    return _end(
        spec, spec.model.objects.filter(which), odoo_id=None, remote_hash="", deleted_at=gone
    )


@transaction.atomic
def _end(spec: MirrorSpec, rows: QuerySet[Mirror], **values: Any) -> list[int]:
    keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    if not keys:
        return []
    spec.model.objects.filter(pk__in=keys).update(**values)
    if spec.topic:
        touch(spec.topic)
    transaction.on_commit(
        lambda: mirrors_changed.send_robust(sender=spec.model, keys=keys), robust=True
    )
    return keys
