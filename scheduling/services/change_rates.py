"""Change what the business asks for deliveries."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services.record import record
from scheduling.errors import ListedAlready
from scheduling.models import (
    DeliveryRates,
    DeliveryZone,
    DistanceBand,
    MaterialCharge,
    TruckClass,
)
from scheduling.selectors.rates import first_rates

LISTS: dict[str, models.QuerySet[Any]] = {
    "band": DistanceBand.objects.all(),
    "zone": DeliveryZone.objects.all(),
    "truck": TruckClass.objects.all(),
    "material": MaterialCharge.objects.all(),
}


@transaction.atomic
def change_rates(*, changes: Mapping[str, Any], by: User) -> DeliveryRates:
    """Keep what holds for every delivery; what changed is audited."""
    rates = DeliveryRates.objects.select_for_update().first() or first_rates()
    old = model_to_dict(rates)
    for name, value in changes.items():
        setattr(rates, name, value)
    rates.save()
    new = model_to_dict(rates)
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        record(
            by=by,
            what="delivery rates changed",
            target=rates,
            old={name: old[name] for name in changed},
            new={name: new[name] for name in changed},
        )
    return rates


@transaction.atomic
def add_rate(*, kind: str, values: Mapping[str, Any], by: User) -> models.Model:
    """Put something on one of the ``LISTS``.

    :raises ListedAlready: it stands there.
    """
    try:
        with transaction.atomic():
            row: models.Model = LISTS[kind].create(**values)
    except IntegrityError as exc:
        raise ListedAlready(_("This is on the list already: remove it first.")) from exc
    record(by=by, what="delivery rate added", target=row, new=_shown(row))
    return row


@transaction.atomic
def remove_rate(*, kind: str, key: int, by: User) -> None:
    """Take something off one of the ``LISTS``; what is gone is no error."""
    row = LISTS[kind].select_for_update().filter(pk=key).first()
    if row is not None:
        record(by=by, what="delivery rate removed", target=row, old=_shown(row))
        row.delete()


def _shown(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name != "id"}
