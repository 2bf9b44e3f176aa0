"""Words for what was said with somebody, and for what the office does on their page."""

import datetime as dt

from django.urls import reverse

from crm_intake.events import Fate
from crm_intake.models import Message, WebhookDelivery

ANN = "+16065550123"
HTMX = {"HX-Request": "true"}
NOON = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)


def page_of(person):
    return reverse("people:person", args=[person.uuid])


def post(browser, name, person, **data):
    return browser.post(reverse(f"people:{name}", args=[person.uuid]), data, headers=HTMX)


def delivery():
    return WebhookDelivery.objects.create(
        provider="quo",
        delivery_id=str(WebhookDelivery.objects.count()),
        body=b"",
        received_at=NOON,
    )


def text_out(person, key="AC9", fate=Fate.FAILED, code="30006", **values):
    return Message.objects.create(
        provider="quo",
        event_key=f"message:{key}",
        delivery=delivery(),
        direction="OUT",
        person=person,
        sender="+15550000001",
        recipient=ANN,
        text="From Quo's own app.",
        fate=fate,
        failure_code=code,
        occurred_at=NOON,
        **values,
    )
