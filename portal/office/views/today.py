"""``/``: the day of whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import EVERYBODY, SignedInRequest, allow
from portal.accounts.models import Role
from portal.office.homes import HOMES
from portal.office.selectors.first_run import steps_left


@require_GET
@allow(*EVERYBODY)
def today(request: SignedInRequest) -> HttpResponse:
    """Show the day; an administrator also sees what is not connected yet."""
    if home := HOMES.get(Role(request.user.role)):
        return redirect(home)
    steps = steps_left() if request.user.role == Role.ADMIN else []
    return render(request, "office/today.html", {"day": timezone.localdate(), "steps": steps})
