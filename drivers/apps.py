"""Django's entry for the drivers app."""

from django.apps import AppConfig


class DriversConfig(AppConfig):
    """The driver's day: the run, the handing over, the money."""

    name = "drivers"

    def ready(self) -> None:
        """Listen to who signs in."""
        from drivers import receivers

        receivers.connect()
