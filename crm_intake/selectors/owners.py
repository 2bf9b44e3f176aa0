"""Who gets which new leads, as their page shows it."""

from crm_intake.models import LeadRoute, LeadTurn


def routes_shown() -> list[LeadRoute]:
    """Return the numbers and territories with their owners; one query."""
    routes = LeadRoute.objects.select_related("owner__contact")
    return list(routes.order_by("kind", "value"))


def owners_by_turns() -> list[int]:
    """Return the keys of those who get leads by turns; one query."""
    return list(LeadTurn.objects.order_by("pk").values_list("owner", flat=True))
