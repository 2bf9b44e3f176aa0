"""The addresses that sources post to. They cannot sign in; their signatures are checked."""

from django.urls import path

from crm_intake.sources import SOURCES
from crm_intake.views import webhooks

app_name = "webhook"
urlpatterns = [
    path(
        "/".join(filter(None, (source.name, door))),
        webhooks.receive,
        {"source": source, "door": door},
        name="-".join(filter(None, (source.name, door))),
    )
    for source in SOURCES.values()
    for door in source.doors
]
