"""Two plain ways to take a delivery, to compare with: one INSERT, and the ORM. No middleware."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"
application = get_wsgi_application()

from django.db import connection  # noqa: E402 - Django is ready now
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from crm_intake.models import WebhookDelivery  # noqa: E402
from crm_intake.quo.signature import check  # noqa: E402
from crm_intake.quo.source import keys  # noqa: E402

INSERT = """
insert into crm_intake_webhookdelivery
  (provider, delivery_id, body, about, late, received_at, state, kind, attempts, trouble)
values ('insert', %s, %s, '', false, now(), 'NEW', '', 0, '')
"""


def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200."""
    return HttpResponse()


def insert(request: HttpRequest) -> HttpResponse:
    """Store what came, unseen."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.headers["webhook-id"], request.body])
    return HttpResponse(status=204)


def orm(request: HttpRequest) -> HttpResponse:
    """Check the signature, and store with the ORM."""
    now = timezone.now()
    verdict = check(headers=request.headers, body=request.body, now=now, keys=keys())
    if verdict.refused:
        return HttpResponse(status=401)
    WebhookDelivery.objects.get_or_create(
        provider="orm",
        delivery_id=verdict.delivery_id,
        defaults={"body": request.body, "late": verdict.late, "received_at": now},
    )
    return HttpResponse(status=204)


urlpatterns = [path("", ready), path("insert", insert), path("orm", orm)]
