"""An outbox with promises in it, and a real Odoo to send them to."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from odoo_bridge.models import OdooAccess
from odoo_bridge.services.promise_lead import promise_lead


@pytest.fixture
def promised():
    """Promise leads: ``promised()`` returns the lead, not acknowledged yet."""

    def promise(**values):
        defaults = {
            "title": "Text from a customer",
            "text": "2 cords oak?",
            "phone": "+16065550123",
        }
        with transaction.atomic():
            return promise_lead(**{**defaults, **values})

    return promise


@pytest.fixture
def access(transactional_db):
    """Return what provisioning leaves, with an instance of this test's own."""
    return OdooAccess.objects.create(
        pk=1,
        instance=uuid.uuid4().hex[:10],
        bot_user_id=2,
        api_key="not-used-here",
        key_expires_at=timezone.now() + dt.timedelta(days=90),
        cash_journal_id=1,
        has_fleet_batches=True,
        provisioned_at=timezone.now(),
    )


@pytest.fixture
def quick_outbox(settings):
    """Wait as short as fault tests may: the write timeout is below all of these."""
    settings.OUTBOX_LEASE_SECONDS = 5
    settings.OUTBOX_MAX_INFLIGHT_SECONDS = 5
    settings.OUTBOX_PROBE_SECONDS = 0
    return settings
