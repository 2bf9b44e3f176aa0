"""``/runs/<uuid>/``: one run as it was driven, stop by stop."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.selectors.driven_run import driven_run
from drivers.services.close_drive import close_drive
from drivers.views.road import MAY_DECIDE
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.models import Run


@require_GET
@allow(*MAY_DECIDE, Role.DIRECTOR)
def driven(request: SignedInRequest, run_uuid: UUID) -> HttpResponse:
    """Show it; what the driver does appears by itself."""
    return show(request, run_of(run_uuid))


@require_POST
@allow(*MAY_DECIDE)
def end(request: SignedInRequest, run_uuid: UUID) -> HttpResponse:
    """End it, where the driver cannot."""
    run = run_of(run_uuid)
    try:
        run.drive = close_drive(run, by=request.user)
    except UserFacingError as refusal:
        return show(request, run, refusal=str(refusal))
    outcome = _("The run is over. What its phone still sends counts all the same.")
    if request.htmx:
        return show(request, run, outcome=outcome)
    messages.success(request, outcome)
    return redirect("drivers:driven", run_uuid)


def run_of(run_uuid: UUID) -> Run:
    """Return the run; 404 where there is none."""
    runs = Run.objects.select_related("truck__vehicle", "driver__user", "drive")
    return get_object_or_404(runs, uuid=run_uuid)


def show(request: SignedInRequest, run: Run, **about: Any) -> HttpResponse:
    """Render the page, or what changes of it; 422 with a refusal."""
    context = {
        "driven": driven_run(run),
        "run": run,
        "may_decide": request.user.role in MAY_DECIDE,
        **about,
    }
    status = 422 if "refusal" in about else 200
    return render_page_or_partial(
        request, "drivers/driven.html", "drivers/_driven.html", context, status=status
    )
