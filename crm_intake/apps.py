"""Django's entry for the intake."""

from django.apps import AppConfig


class CrmIntakeConfig(AppConfig):
    """Calls and texts."""

    name = "crm_intake"

    def ready(self) -> None:
        """Listen to the bridge, which wakes us sooner than the sweep would."""
        from crm_intake import receivers

        receivers.connect()
