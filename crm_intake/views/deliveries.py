"""``/inbox/deliveries/``: what providers posted, and what became of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm_intake.selectors.hearing import hearings
from crm_intake.selectors.inbox import latest_deliveries
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role


@require_GET
@allow(Role.OFFICE, Role.DIRECTOR, Role.ADMIN)
def deliveries(request: SignedInRequest) -> HttpResponse:
    """Show the latest deliveries and how many posts were refused since."""
    context = {"deliveries": latest_deliveries(), "hearings": hearings()}
    return render(request, "crm_intake/deliveries.html", context)
