"""Change what is wanted of the drivers, of everybody and of some."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from drivers.models import Requirement
from drivers.selectors.needs import DEFAULTS
from portal.accounts.models import User
from portal.audit.services.record import record_changes
from portal.core.changes import touch
from scheduling.services.keep_list import add_row, remove_row

SOME = Requirement.objects.exclude(customer=None, product=None)


@transaction.atomic
def change_usual(*, levels: Mapping[str, str], by: User) -> None:
    """Keep what is wanted of everybody, by act; what changed is audited."""
    usual = [Requirement(act=act, level=level) for act, level in DEFAULTS.items()]
    Requirement.objects.bulk_create(usual, ignore_conflicts=True)  # somebody else may do so too
    rows = Requirement.objects.select_for_update().filter(customer=None, product=None)
    for row in rows.order_by("pk"):
        changes = {"level": levels[row.act]}
        if record_changes(by=by, what="requirement changed", target=row, changes=changes):
            row.save(update_fields=["level"])
    touch("drives")


@transaction.atomic
def add_exception(*, values: Mapping[str, Any], by: User) -> None:
    """Want it otherwise of a ``customer``, or with a ``product``: ``act`` and ``level``.

    :raises ListedAlready: something is wanted of them with regard to this act.
    """
    add_row(rows=Requirement.objects.all(), values=values, what="requirement added", by=by)
    touch("drives")


@transaction.atomic
def change_exception(*, key: int, level: str, by: User) -> None:
    """Keep another level of one; what is gone is no error."""
    row = SOME.select_for_update(of=("self",)).filter(pk=key).first()
    changes = {"level": level}
    if row and record_changes(by=by, what="requirement changed", target=row, changes=changes):
        row.save(update_fields=["level"])
        touch("drives")


@transaction.atomic
def remove_exception(*, key: int, by: User) -> None:
    """Want the usual again; what is gone is no error."""
    remove_row(rows=SOME, key=key, what="requirement removed", by=by)
    touch("drives")
