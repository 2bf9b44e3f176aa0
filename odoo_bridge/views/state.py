"""The chip in the header that says whether Odoo answers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import EVERYBODY, SignedInRequest, allow


@require_GET
@allow(*EVERYBODY)
def state(request: SignedInRequest) -> HttpResponse:
    """Render the chip anew; the frame's own context tells the state."""
    return render(request, "odoo_bridge/_odoo_state.html")
