"""``/driver/``: the day's run, and the next stop."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from drivers.selectors.run import runs_of
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role


@require_GET
@allow(Role.DRIVER)
def run(request: SignedInRequest) -> HttpResponse:
    """Show what is to be driven today, in order."""
    day = timezone.localdate()
    context = {"runs": runs_of(driver=request.user, day=day), "day": day}
    return render(request, "drivers/run.html", context)
