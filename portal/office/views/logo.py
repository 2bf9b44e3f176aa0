"""The logo's form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.setup.services.change_logo import change_logo


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep the file as the logo, or take the logo away when no file was sent."""
    file = request.FILES.get("logo")
    if file is None and "remove" not in request.POST:
        messages.error(request, "Choose a picture first.")
        return redirect("office:setup")
    change_logo(content=file.read() if file else None, by=request.user)
    messages.success(request, "The logo is saved." if file else "The logo is gone.")
    return redirect("office:setup")
