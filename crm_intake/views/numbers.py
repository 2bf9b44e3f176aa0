"""What a person is called, and under which numbers they are known."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from crm_intake.errors import NotANumber, NumberIsTheirs
from crm_intake.forms.people import NameForm, NumberForm
from crm_intake.services.join_people import join_number, name_person
from crm_intake.views.people import MAY_ACT, show, talk_with
from portal.accounts.access import SignedInRequest, allow


@require_POST
@allow(*MAY_ACT)
def name(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Call the person something."""
    talk = talk_with(person_uuid)
    form = NameForm(request.POST)
    if not form.is_valid():
        return show(request, talk, name_form=form)
    name_person(person_id=talk.person_id, name=form.cleaned_data["name"], by=request.user)
    return show(request, talk_with(person_uuid))


@require_POST
@allow(*MAY_ACT)
def number(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Let another number be theirs."""
    talk = talk_with(person_uuid)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            join_number(
                person_id=talk.person_id, number=form.cleaned_data["number"], by=request.user
            )
        except (NotANumber, NumberIsTheirs) as refusal:
            form.add_error("number", str(refusal))
    if form.errors:
        return show(request, talk, number_form=form)
    return show(request, talk_with(person_uuid))
