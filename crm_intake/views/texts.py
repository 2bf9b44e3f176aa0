"""What a person does about a text of ours that waits, or of which nobody knows what became."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from crm_intake.errors import TextMovedOn
from crm_intake.models import OutgoingText
from crm_intake.services.settle_text import decide, take_back
from crm_intake.views.people import MAY_ACT, show, talk_with
from portal.accounts.access import SignedInRequest, allow


@require_POST
@allow(*MAY_ACT)
def back(request: SignedInRequest, person_uuid: uuid.UUID, text_id: int) -> HttpResponse:
    """Take it back before it goes out."""
    text = _text(person_uuid, text_id)
    try:
        take_back(text_id=text.pk, by=request.user)
    except TextMovedOn as refusal:
        return show(request, talk_with(person_uuid), refusal=str(refusal))
    return show(request, talk_with(person_uuid))


@require_POST
@allow(*MAY_ACT)
def decided(request: SignedInRequest, person_uuid: uuid.UUID, text_id: int) -> HttpResponse:
    """Say that it went out, or give it up."""
    text = _text(person_uuid, text_id)
    try:
        decide(text_id=text.pk, went_out="went_out" in request.POST, by=request.user)
    except TextMovedOn as refusal:
        return show(request, talk_with(person_uuid), refusal=str(refusal))
    return show(request, talk_with(person_uuid))


def _text(person_uuid: uuid.UUID, text_id: int) -> OutgoingText:
    return get_object_or_404(OutgoingText, pk=text_id, person__uuid=person_uuid)
