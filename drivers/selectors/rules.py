"""What the business wants of the drivers' day, as it stands now."""

from drivers.models import DriverRules


def driver_rules() -> DriverRules:
    """Return what stands, or the defaults, not stored yet; one query."""
    return DriverRules.objects.first() or DriverRules(pk=1)
