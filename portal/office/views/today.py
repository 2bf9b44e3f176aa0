"""``/``: the day of whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import EVERYBODY, SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial
from portal.office.homes import HOMES
from portal.office.selectors.first_run import steps_left
from portal.office.selectors.needs import needs_of


@require_GET
@allow(*EVERYBODY)
def today(request: SignedInRequest) -> HttpResponse:
    """Show what needs this person; an administrator also sees what is not connected yet."""
    if home := HOMES.get(Role(request.user.role)):
        return redirect(home)
    day, role = timezone.localdate(), Role(request.user.role)
    context = {
        "day": day,
        "steps": steps_left() if role == Role.ADMIN else [],
        "needs": needs_of(role, today=day),
    }
    return render_page_or_partial(request, "office/today.html", "office/_needs.html", context)
