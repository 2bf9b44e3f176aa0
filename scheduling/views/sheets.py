"""``/board/sheets``: what drivers take along on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.pdf import PdfNotAvailable, pdf_of
from portal.setup.selectors.profile import business_profile
from scheduling.forms.day import SheetForm
from scheduling.selectors.sheets import sheets_of
from scheduling.views.board import MAY_PLAN


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def sheets(request: SignedInRequest) -> HttpResponse:
    """Show the sheets of a day, or of one of its runs, to be printed."""
    return render(request, "scheduling/sheets.html", context_of(request))


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def sheets_pdf(request: SignedInRequest) -> HttpResponse:
    """Hand out the same as a file."""
    context = context_of(request)
    page = render_to_string("scheduling/sheets_on_paper.html", context)
    try:
        pdf = pdf_of(page, style=render_to_string("scheduling/sheets.css"))
    except PdfNotAvailable as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('scheduling:sheets')}?{request.GET.urlencode()}")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="runs-{context["day"]:%Y-%m-%d}.pdf"'
    return answer


def context_of(request: SignedInRequest) -> dict[str, Any]:
    """Return what the sheets say of the day and the run in the address."""
    today = timezone.localdate()
    day, run = SheetForm.asked_for(request.GET, today=today)
    return {
        "sheets": sheets_of(day=day, run=run),
        "day": day,
        "run": run,
        "business": business_profile(),
        "made_at": timezone.now(),
    }
