"""The business's own time zone, on every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.setup.selectors.profile import business_profile


class BusinessZone:
    """Show times as the business's clock shows them, and keep its profile at hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Load the profile for those who are signed in; a stranger's page asks when it needs it."""
        request.business = SimpleLazyObject(business_profile)  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(request.business.time_zone):  # type: ignore[attr-defined]
            return self.get_response(request)
