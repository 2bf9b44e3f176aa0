"""Put rows on lists that an administrator keeps, and take them off; each is audited."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services.record import record
from scheduling.errors import ListedAlready, StillUsed


@transaction.atomic
def add_row(
    *, rows: models.QuerySet[Any], values: Mapping[str, Any], what: str, by: User
) -> models.Model:
    """Put a row on the list; ``what`` the audit calls that.

    :raises ListedAlready: it stands there.
    """
    try:
        with transaction.atomic():
            row: models.Model = rows.create(**values)
    except IntegrityError as exc:
        raise ListedAlready(_("This is on the list already: remove it first.")) from exc
    record(by=by, what=what, target=row, new=_shown(row))
    return row


@transaction.atomic
def remove_row(*, rows: models.QuerySet[Any], key: int, what: str, by: User) -> None:
    """Take a row off the list; what is gone is no error.

    :raises StillUsed: something else refers to it.
    """
    row = rows.select_for_update().filter(pk=key).first()
    if row is None:
        return
    try:
        with transaction.atomic():
            record(by=by, what=what, target=row, old=_shown(row))
            row.delete()
    except ProtectedError as exc:
        words = _("%(row)s is still in use: take it out there first.")
        raise StillUsed(words % {"row": row}) from exc


def _shown(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name != "id"}
