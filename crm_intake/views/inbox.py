"""``/inbox/``: texts and missed calls, with their leads."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from crm_intake.selectors.inbox import inbox_rows
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial


@require_GET
@allow(Role.OFFICE, Role.DIRECTOR, Role.ADMIN)
def inbox(request: SignedInRequest) -> HttpResponse:
    """Show what came in, newest first; new texts appear by themselves."""
    context = {"rows": inbox_rows()}
    return render_page_or_partial(
        request, "crm_intake/inbox.html", "crm_intake/_inbox.html", context
    )
