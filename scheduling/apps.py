"""Django's entry for the scheduling app."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Work and capacity."""

    name = "scheduling"

    def ready(self) -> None:
        """Listen to the bridge, which wakes us sooner than the sweep would."""
        from scheduling import receivers

        receivers.connect()
