"""The section of the set-up page about calls and texts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crm_intake.services.change_rules import change_rules
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.office.forms.intake import IntakeForm
from portal.office.views.setup import setup_page


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep the rules and show the page anew, or show the form with what is wrong."""
    form = IntakeForm(request.POST)
    if not form.is_valid():
        return setup_page(request, intake_form=form)
    change_rules(**form.cleaned_data, by=request.user)
    messages.success(request, "The rules for calls and texts are saved.")
    return redirect("office:setup")
