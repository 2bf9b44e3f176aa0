"""Django's entry for the intake."""

from django.apps import AppConfig


class CrmIntakeConfig(AppConfig):
    """Calls and texts."""

    name = "crm_intake"
