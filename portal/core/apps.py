"""Django's entry for the core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground floor of the portal."""

    name = "portal.core"
