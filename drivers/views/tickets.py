"""Delivery tickets and receipts on paper: for the office, the driver, and whoever has the link."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from drivers.selectors.ticket_words import address_of
from drivers.selectors.tickets import (
    logo_now,
    paper_of,
    receipt_of,
    ticket_of,
    tickets_on,
    tickets_seen_by,
)
from drivers.views.road import day_of
from drivers.views.tracking import for_strangers
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import PortalRequest
from portal.core.pdf import PdfNotAvailable, pdf_of
from portal.core.phone import for_people
from portal.setup.selectors.profile import business_profile, business_zone


@require_GET
@allow(Role.OFFICE, Role.ADMIN, Role.DIRECTOR)
def tickets(request: SignedInRequest) -> HttpResponse:
    """List the tickets of a day, and say what they lack."""
    return render(request, "drivers/tickets.html", {"shown": tickets_on(day_of(request))})


@require_GET
@allow(Role.OFFICE, Role.ADMIN, Role.DIRECTOR, Role.DRIVER)
def ticket(request: SignedInRequest, ticket: UUID) -> HttpResponse:
    """Hand out a ticket with its signature; a driver gets their own."""
    found = get_object_or_404(tickets_seen_by(request.user), uuid=ticket)
    return _on_paper(found, signed=True)


@login_not_required
@require_GET
@for_strangers
def for_customer(request: PortalRequest, token: str) -> HttpResponse:
    """Hand out the ticket of what was delivered, without the picture of the signature."""
    found = ticket_of(token)
    if found is None:
        raise Http404
    return _on_paper(found, signed=False)


@login_not_required
@require_GET
@for_strangers
def receipt(request: PortalRequest, token: str) -> HttpResponse:
    """Hand out what was paid at the door."""
    with timezone.override(business_zone()):
        found = receipt_of(token)
        if found is None:
            raise Http404
        profile, logo = business_profile(), logo_now()
        context = {
            "receipt": found,
            "business": profile,
            "address": address_of(profile),
            "phones": [for_people(one) for one in profile.phones],
            "logo": bool(logo),
        }
        pictures = {"logo": logo} if logo else {}
        return _answer("receipt", f"receipt-{found.job.name}", context, pictures)


def _on_paper(found: Any, *, signed: bool) -> HttpResponse:
    with timezone.override(business_zone()):
        paper = paper_of(found)
        pictures = paper.pictures(signed=signed)
        context = {"paper": paper, "ticket": found, "said": found.said, "pictures": pictures}
        return _answer("ticket", f"ticket-{found.number:06}", context, pictures)


def _answer(
    template: str, name: str, context: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> HttpResponse:
    page = render_to_string(f"drivers/{template}_on_paper.html", context)
    style = render_to_string("drivers/ticket.css")
    try:
        pdf = pdf_of(page, style=style, pictures=pictures)
    except PdfNotAvailable as refusal:
        return HttpResponse(str(refusal), "text/plain", status=503)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
