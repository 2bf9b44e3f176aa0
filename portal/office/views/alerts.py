"""Who is told of troubles with Odoo: the section of the set-up page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from odoo_bridge.services.send_test_alert import send_test_alert
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.office.forms.alerts import AlertsForm
from portal.office.views.setup import setup_page
from portal.setup.services.change_who_is_told import change_who_is_told


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest) -> HttpResponse:
    """Keep the list and show the page anew, or show the form with what is wrong."""
    form = AlertsForm(request.POST)
    if not form.is_valid():
        return setup_page(request, alerts_form=form)
    change_who_is_told(
        people=form.cleaned_data["people"],
        addresses=form.cleaned_data["addresses"],
        chat_url=form.chosen_chat,
        by=request.user,
    )
    messages.success(request, "Who is told is saved.")
    return redirect("office:setup")


@require_POST
@allow(Role.ADMIN)
def test(request: SignedInRequest) -> HttpResponse:
    """Send a test to all that are told, and say how that went."""
    for went_well, sentence in send_test_alert(by=request.user):
        tell = messages.success if went_well else messages.error
        tell(request, sentence)
    return redirect("office:setup")
