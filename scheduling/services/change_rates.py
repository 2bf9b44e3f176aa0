"""Change what the business asks for deliveries."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
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
from scheduling.services.keep_list import add_row, remove_row

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


def add_rate(*, kind: str, values: Mapping[str, Any], by: User) -> models.Model:
    """Put something on one of the ``LISTS``.

    :raises ListedAlready: it stands there, or another zone has one of its postcodes.
    """
    if kind == "zone":
        _refuse_postcodes_of_others(values["postcodes"])
    return add_row(rows=LISTS[kind], values=values, what="delivery rate added", by=by)


def remove_rate(*, kind: str, key: int, by: User) -> None:
    """Take something off one of the ``LISTS``; what is gone is no error."""
    remove_row(rows=LISTS[kind], key=key, what="delivery rate removed", by=by)


def _refuse_postcodes_of_others(postcodes: Sequence[str]) -> None:
    other = DeliveryZone.objects.filter(postcodes__overlap=postcodes).first()
    if other is None:
        return
    twice = ", ".join(code for code in other.postcodes if code in postcodes)
    words = _("The zone %(zone)s has %(codes)s already: an address must have one price.")
    raise ListedAlready(words % {"zone": other, "codes": twice})
