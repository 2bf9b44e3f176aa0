"""Django's entry for the office pages."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The office's day, the set-up page, health."""

    name = "portal.office"
