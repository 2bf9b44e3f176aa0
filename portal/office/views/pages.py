"""``/pages``: the links of the header, read again when what waits has changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.office.selectors.needs import MAY_ACT


@require_GET
@allow(*MAY_ACT)
def pages(request: SignedInRequest) -> HttpResponse:
    """Show the links alone."""
    return render(request, "office/pages.html")
