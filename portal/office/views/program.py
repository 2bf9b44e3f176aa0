"""The section of the set-up page about news that people can sign up for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crm_intake.services.change_program import change_program
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.office.forms.program import ProgramForm
from portal.office.views.setup import setup_page


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep the programme and show the page anew, or show the form with what is wrong."""
    form = ProgramForm(request.POST)
    if not form.is_valid():
        return setup_page(request, program_form=form)
    change_program(**form.cleaned_data, by=request.user)
    messages.success(request, "Who signs up sees this from now on.")
    return redirect("office:setup")
