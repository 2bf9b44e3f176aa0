"""Django's entry for the director's page."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The director's page."""

    name = "portal.dashboard"
