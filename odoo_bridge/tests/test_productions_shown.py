"""What is promised of a production, as the desk and its history name it."""

import pytest
from django.db import transaction

from odoo_bridge.commands import StartProduction
from odoo_bridge.models import ManufacturingOrder, OutboxEntry
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.outbox import entries_in
from odoo_bridge.selectors.stream_records import mirror_of
from portal.testing.mirrors import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("made", "about"), [(True, "MO/7 · Bundle"), (False, "MO/7")])
def test_a_production_is_named_with_what_it_makes(made, about):
    product = ProductFactory(name="Bundle") if made else None
    production = ManufacturingOrder.objects.create(odoo_id=7, name="MO/7", product=product)
    with transaction.atomic():
        entry = enqueue(StartProduction(production_uuid=production.uuid), by=None)

    [shown] = entries_in(OutboxEntry.State.QUEUED)

    assert (shown.about, shown.label) == (about, "The start of a production")
    assert mirror_of(entry.stream) == production
