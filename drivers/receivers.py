"""What the driver's phone has to know when somebody signs in on it."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.http import HttpResponse

from portal.accounts.models import Role, User

SIGNED_IN = "signed-in"  # static/src/driver/signed_in.ts reads it


def tell_who_signed_in(user: User, response: HttpResponse, **_: Any) -> None:
    """Have the browser tell the page which driver this is, also where the server is out of reach.

    So the page shows no driver the day of the one before. It decides nothing on the server. Who
    drives nothing leaves the phone to its driver.
    """
    if user.role != Role.DRIVER:
        return
    response.set_cookie(
        SIGNED_IN,
        str(user.pk),
        max_age=settings.SESSION_COOKIE_AGE,
        path="/driver/",
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def connect() -> None:
    """Start listening; once, however often it is called."""
    user_logged_in.connect(tell_who_signed_in, dispatch_uid="drivers.tell_who_signed_in")
