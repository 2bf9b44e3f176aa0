"""What was said lately that deliveries cost."""

from scheduling.models import Quote

LATEST = 20


def latest_quotes() -> list[Quote]:
    """Return the latest quotes with their places; one query."""
    return list(Quote.objects.select_related("place", "made_by").order_by("-made_at")[:LATEST])
