"""The people's section of the set-up page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from crm_intake.selectors.codes import last_code_to
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.errors import NumberTaken
from portal.accounts.models import Role, User
from portal.accounts.services.change_person import change_person
from portal.accounts.services.invite_person import invite_person, send_invitation
from portal.core.errors import UserFacingError
from portal.office.forms.people import ChangePersonForm, InvitePersonForm
from portal.office.views.setup import setup_page
from portal.setup.selectors.profile import business_profile


@require_POST
@allow(Role.ADMIN)
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite a person and show the page anew, or show the form with what is wrong."""
    form = InvitePersonForm(request.POST)
    if form.is_valid():
        try:
            person = invite_person(
                **form.cleaned_data, business_name=business_profile().name, by=request.user
            )
        except UserFacingError as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"An invitation is on its way to {person.email}.")
            return redirect("office:setup")
    return setup_page(request, invite_form=form)


@require_http_methods(["GET", "POST"])
@allow(Role.ADMIN)
def change(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Show a person's form; keep what it says, or show what is wrong with it."""
    person = get_object_or_404(User, pk=person_id)
    form = ChangePersonForm(request.POST) if request.POST else ChangePersonForm.of(person)
    if request.method == "POST" and form.is_valid():
        try:
            person = change_person(person_id=person.pk, changes=form.cleaned_data, by=request.user)
        except UserFacingError as refusal:
            form.add_error("phone" if isinstance(refusal, NumberTaken) else None, str(refusal))
        else:
            messages.success(request, f"{person.name} is saved.")
            return redirect("office:setup")
    status = 422 if form.errors else 200
    context = {"person": person, "form": form, "code": last_code_to(person.phone)}
    return render(request, "office/person.html", context, status=status)


@require_POST
@allow(Role.ADMIN)
def invite_again(request: SignedInRequest, person_id: int) -> HttpResponse:
    """Mail a fresh link to somebody whose invitation was lost or has run out."""
    person = get_object_or_404(User, pk=person_id, is_active=True)
    send_invitation(person=person, business_name=business_profile().name)
    messages.success(request, f"A fresh link is on its way to {person.email}.")
    return redirect("office:setup")
