"""The business profile's form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.office.forms.profile import ProfileForm
from portal.office.views.setup import setup_page
from portal.setup.services.change_profile import change_profile


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep the profile and show the page anew, or show the form with what is wrong."""
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            change_profile(changes=form.cleaned_data, by=request.user)
        except UserFacingError as refusal:
            form.add_error("accent", str(refusal))
        else:
            messages.success(request, "The business profile is saved.")
            return redirect("office:setup")
    return setup_page(request, profile_form=form)
