"""The addresses that sources post to. They cannot sign in; their signatures are checked."""

from functools import partial

from django.urls import path, reverse

from crm_intake.sources import SOURCES
from crm_intake.views import webhooks
from portal.core.short_way import Door

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


def doors() -> dict[str, Door]:
    """Return what answers at these addresses on the short way."""
    return {
        reverse(f"{app_name}:{pattern.name}"): partial(
            webhooks.receive_shortly, **pattern.default_args
        )
        for pattern in urlpatterns
    }
