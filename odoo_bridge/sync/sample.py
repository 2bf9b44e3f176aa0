"""Sample data in the mirrors of a portal that has never had an Odoo.

It takes the one way into the mirrors, and never stands beside a real record: the places that could
bring one (``odoo_provision``, ``default_client``) refuse a portal that holds sample data.
"""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OdooAccess
from odoo_bridge.sample import SAMPLE_FROM
from odoo_bridge.selectors.access import odoo_is_set
from odoo_bridge.sync.specs import SPECS
from odoo_bridge.sync.upsert import Row, upsert


class NoPlaceForSamples(Exception):
    """Sample data would stand beside what is real, or is none."""


@transaction.atomic
def store_sample(tables: Mapping[str, Sequence[Row]]) -> int:
    """Store rows by Odoo's name of their model; what a row leaves out is empty, as in Odoo.

    Return how many changed: none, when it is done again.

    :raises NoPlaceForSamples: this portal has an Odoo, or had one, or the rows are no sample.
    """
    refuse_beside_real_data()
    if strange := set(tables) - {spec.odoo_model for spec in SPECS}:
        raise NoPlaceForSamples(f"Nothing of these is mirrored: {', '.join(sorted(strange))}.")
    changed = 0
    for spec in SPECS:
        rows = tables.get(spec.odoo_model, [])
        if any(row["id"] < SAMPLE_FROM for row in rows):
            raise NoPlaceForSamples(f"The ids of sample data begin at {SAMPLE_FROM}.")
        empty = dict.fromkeys(spec.odoo_fields, False)
        changed += len(upsert(spec, [empty | row for row in rows], read_at=timezone.now()))
    return changed


def refuse_beside_real_data() -> None:
    """Let through only a portal that has no Odoo and no record of one.

    :raises NoPlaceForSamples: which of them it has.
    """
    if odoo_is_set() or settings.ODOO_API_KEY:
        raise NoPlaceForSamples("This portal has an Odoo (ODOO_URL): it needs no sample data.")
    if OdooAccess.objects.exists():
        raise NoPlaceForSamples("This portal was connected with an Odoo: it takes no sample data.")
    for spec in SPECS:
        if spec.model.objects.filter(odoo_id__lt=SAMPLE_FROM).exists():
            raise NoPlaceForSamples(
                f"This portal holds records of an Odoo ({spec.name}): it takes no sample data."
            )
