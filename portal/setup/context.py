"""What every template may say about the business."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.setup.selectors.profile import logo_version


def business(request: HttpRequest) -> dict[str, Any]:
    """Give templates the profile, the logo's version and the ribbon of a trial installation."""
    return {
        "business": getattr(request, "business", None),
        "logo_version": logo_version,
        "ribbon": settings.RIBBON,
        "version": settings.VERSION,
    }
