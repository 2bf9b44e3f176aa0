"""``/leads/``: who wants something, who sees to it, and what is to be done next."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm_intake.forms.leads import CloseForm, LeadForm
from crm_intake.selectors.leads import LeadRow, Show, listed_leads, one_lead, stages_and_owners
from crm_intake.selectors.missed import waiting_since
from crm_intake.services.work_lead import close_lead, convert_lead, set_lead
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

MAY_ACT = (Role.OFFICE, Role.ADMIN)
LONGEST_SEARCH = 200


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def leads(request: SignedInRequest) -> HttpResponse:
    """List them; new ones appear by themselves."""
    asked = request.GET.get("show", "")
    show = Show(asked) if asked in set(Show) else Show.OPEN
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows, is_cut = listed_leads(show=show, words=words, user=request.user, waiting=waiting_since())
    context = {"rows": rows, "is_cut": is_cut, "show": show, "shows": list(Show), "words": words}
    return render_page_or_partial(
        request, "crm_intake/leads.html", "crm_intake/_leads.html", context
    )


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def lead(request: SignedInRequest, lead_uuid: UUID) -> HttpResponse:
    """Show one lead; what others change of it appears by itself."""
    return show_lead(request, found(lead_uuid))


@require_POST
@allow(*MAY_ACT)
def change(request: SignedInRequest, lead_uuid: UUID) -> HttpResponse:
    """Let somebody else see to it, or put it into another stage."""
    row = found(lead_uuid)
    form = LeadForm(row.lead, stages_and_owners(), request.POST)
    if not form.is_valid():
        return show_lead(request, row, form=form, status=422)
    work = partial(set_lead, changes=form.changes, seen=form.seen)
    return act(request, lead_uuid, work, _("Saved."))


@require_POST
@allow(*MAY_ACT)
def convert(request: SignedInRequest, lead_uuid: UUID) -> HttpResponse:
    """Make it an opportunity with a customer."""
    return act(request, lead_uuid, convert_lead, _("It becomes an opportunity."))


@require_POST
@allow(*MAY_ACT)
def close(request: SignedInRequest, lead_uuid: UUID) -> HttpResponse:
    """Note that it is won or lost."""
    row, form = found(lead_uuid), CloseForm(request.POST)
    if not form.is_valid():
        return show_lead(request, row, close_form=form, status=422)
    won, reason = "won" in request.POST, form.cleaned_data["reason"]
    work = partial(close_lead, won=won, reason="" if won else reason)
    return act(request, lead_uuid, work, _("Won.") if won else _("Lost."))


def found(key: UUID) -> LeadRow:
    """Return the lead as it shall be.

    :raises Http404: there is none.
    """
    row = one_lead(key, waiting_since())
    if row is None:
        raise Http404
    return row


def act(
    request: SignedInRequest, key: UUID, work: Callable[..., None], outcome: str
) -> HttpResponse:
    """Do it, and answer with the lead as it is then and the outcome; 422 with a refusal."""
    found(key)
    try:
        work(key=key, by=request.user)
    except UserFacingError as refusal:
        return show_lead(request, found(key), refusal=str(refusal), status=422)
    if request.htmx:
        return show_lead(request, found(key), outcome=outcome)
    messages.success(request, outcome)
    return redirect("leads:lead", key)


def show_lead(
    request: SignedInRequest, row: LeadRow, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the lead."""
    context: dict[str, Any] = {
        "row": row,
        "lead": row.lead,
        "may_act": request.user.role in MAY_ACT,
        "form": more.get("form") or LeadForm(row.lead, stages_and_owners()),
        "close_form": more.get("close_form") or CloseForm(),
        **more,
    }
    return render_page_or_partial(
        request, "crm_intake/lead.html", "crm_intake/_lead.html", context, status=status
    )
