"""``/director/``: the day on one page."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from odoo_bridge.selectors.money import symbol_of
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial
from portal.dashboard.selectors.day import figures_of
from portal.setup.selectors.profile import business_profile


@require_GET
@allow(Role.DIRECTOR, Role.ADMIN)
def director(request: SignedInRequest) -> HttpResponse:
    """Show today's figures; they follow what happens by themselves."""
    context = {
        "figures": figures_of(day=timezone.localdate()),
        "own_currency": symbol_of(business_profile().currency),
        "now": timezone.now(),
    }
    return render_page_or_partial(
        request, "dashboard/director.html", "dashboard/_figures.html", context
    )
