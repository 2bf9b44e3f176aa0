"""What every template may say about the business."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def business(request: HttpRequest) -> dict[str, Any]:
    """Give templates the profile and the ribbon of a trial installation."""
    return {
        "business": getattr(request, "business", None),
        "ribbon": settings.RIBBON,
        "version": settings.VERSION,
    }
