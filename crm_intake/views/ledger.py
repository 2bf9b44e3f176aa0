"""What a person may ask for: all that the ledger has of them, and to be erased."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm_intake.forms.people import EraseForm
from crm_intake.gate.decision import reason_of
from crm_intake.models import Person
from crm_intake.selectors.dispute import dispute_chains, dispute_file, dispute_texts
from crm_intake.selectors.people import person_shown
from crm_intake.services.erase_person import erase_person
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.pdf import PdfNotAvailable, pdf_of
from portal.setup.selectors.profile import business_profile


@require_GET
@allow(Role.ADMIN)
def dispute(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Hand out all that proves what the person allowed and took back."""
    person = get_object_or_404(Person, uuid=person_uuid)
    answer = JsonResponse(dispute_file(person), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="consent-{person.uuid}.json"'
    return answer


@require_GET
@allow(Role.ADMIN)
def dispute_pdf(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Hand out the same on paper, for who reads no JSON."""
    person = get_object_or_404(Person, uuid=person_uuid)
    profile = business_profile()
    context = {
        "chains": dispute_chains(person),
        "texts": [(one, reason_of(one.rule)) for one in dispute_texts(person)],
        "person": person,
        "business": profile,
        "by": request.user,
        "made_at": timezone.now(),
    }
    page = render_to_string("crm_intake/dispute.html", context)
    try:
        pdf = pdf_of(page, style=render_to_string("crm_intake/dispute.css"))
    except PdfNotAvailable as refusal:
        messages.error(request, str(refusal))
        return redirect("people:person", person.uuid)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="consent-{person.uuid}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@allow(Role.ADMIN)
def erase(request: SignedInRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Ask once more, and erase the person."""
    person = get_object_or_404(Person, uuid=person_uuid)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase_person(person=person, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, _("The person is erased here. Erase them in Odoo, too."))
        return redirect("crm_intake:inbox")
    context = {"person": person, "shown": person_shown(person), "form": form}
    status = 422 if form.errors else 200
    return render(request, "crm_intake/erase.html", context, status=status)
