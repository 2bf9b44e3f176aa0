"""A provider that answers, a noon, and a customer: what tests of sending start from."""

import pytest
from django.utils import timezone

from crm_intake.events import SentText
from crm_intake.models import WebhookDelivery
from crm_intake.services.keep_sent import keep_sent
from crm_intake.tests.provider_server import serving
from portal.testing.mirrors import PartnerFactory

ANN = "+16065550123"


@pytest.fixture
def noon(time_machine):
    """Let it be a Monday's noon in New York."""
    time_machine.move_to("2026-11-23T17:00:00Z")
    return time_machine


@pytest.fixture
def customer():
    """Let Ann be a customer in Odoo."""
    return PartnerFactory(name="Ann", phone="(606) 555-0123")


@pytest.fixture(params=["quo", "twilio"])
def provider(request, settings):
    """Serve as a provider does, and be set up for it."""
    settings.TEXT_PROVIDER, settings.PROVIDER_MAY_BE_LOCAL = request.param, True
    settings.QUO_API_KEY, settings.QUO_FROM = "a-key", "PN1"
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "AC1", ["a-token"]
    settings.TWILIO_FROM = "+15550000001"
    with serving() as (url, kept):
        settings.QUO_API_URL = settings.TWILIO_API_URL = url
        yield kept


@pytest.fixture
def tell(settings):
    """Let the provider tell what became of a text: ``tell("AC1", Fate.DELIVERED)``."""

    def keep(key, fate, code="", words=""):
        number = WebhookDelivery.objects.count()
        delivery = WebhookDelivery.objects.create(
            provider=settings.TEXT_PROVIDER,
            delivery_id=str(number),
            body=b"",
            received_at=timezone.now(),
        )
        event = SentText(
            key=f"message:{key}",
            sender="+15550000001",
            recipient=ANN,
            text=words,
            fate=fate,
            code=code,
            occurred_at=None,
        )
        keep_sent(delivery=delivery, event=event, occurred_at=timezone.now())

    return keep
