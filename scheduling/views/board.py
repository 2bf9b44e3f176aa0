"""``/board/``: what is to be delivered."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial
from scheduling.selectors.jobs import jobs_to_schedule


@require_GET
@allow(Role.OFFICE, Role.DIRECTOR, Role.ADMIN)
def board(request: SignedInRequest) -> HttpResponse:
    """Show the jobs that nobody has been given yet; the list follows Odoo by itself."""
    context = {"cards": jobs_to_schedule()}
    return render_page_or_partial(
        request, "scheduling/board.html", "scheduling/_to_schedule.html", context
    )
