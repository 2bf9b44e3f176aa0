"""The portal's addresses, and two views that go wrong."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from portal.core.errors import UserFacingError
from portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class TooManyTrucks(UserFacingError):
    """The refusal of these tests."""


@login_not_required
def refused(request):
    raise TooManyTrucks("There are too many trucks. Sell one.")


@login_not_required
def broken(request):
    raise KeyError("secret detail")


urlpatterns = [path("refused", refused), path("broken", broken), path("", include("portal.urls"))]
