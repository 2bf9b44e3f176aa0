"""Django's entry for the set-up."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """The business profile and everything that an administrator may edit."""

    name = "portal.setup"
