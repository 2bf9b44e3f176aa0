"""``/sync/``: what waits for Odoo, and what needs a person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from odoo_bridge.forms.drop import DropForm
from odoo_bridge.forms.resolve import ResolveForm
from odoo_bridge.models import Breaker, Conflict, OutboxEntry
from odoo_bridge.selectors.bulk import BulkAnswer
from odoo_bridge.selectors.conflicts import disputed_entries
from odoo_bridge.selectors.outbox import (
    entries_in,
    forgotten_entries,
    outbox_figures,
    paused_streams,
    reasons_for_parking,
    troubled_mirrors,
    waiting_mirrors,
)
from odoo_bridge.services.drop_entry import drop_entry
from odoo_bridge.services.hold_writes import let_writes_go_on
from odoo_bridge.services.resolve_conflict import resolve_conflict
from odoo_bridge.services.retry_entry import retry_entry
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

State = OutboxEntry.State
MAY_ACT = (Role.OFFICE, Role.ADMIN)


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def desk(request: SignedInRequest) -> HttpResponse:
    """Show the figures, the parked entries with Odoo's words, and the unknown ones."""
    return show(request)


@require_POST
@allow(*MAY_ACT)
def retry(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Send a parked entry once more."""
    entry = get_object_or_404(OutboxEntry, pk=entry_id)
    return act(request, lambda: retry_entry(entry_id=entry.pk, by=request.user))


@require_POST
@allow(*MAY_ACT)
def drop(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Give an entry up that waits for a person, with a note that says why."""
    entry = get_object_or_404(OutboxEntry, pk=entry_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return show(request, refused=entry.pk, refusal="Write why this change is dropped.")
    note = form.cleaned_data["note"]
    return act(request, lambda: drop_entry(entry_id=entry.pk, note=note, by=request.user))


@require_POST
@allow(*MAY_ACT)
def resolve(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Decide what was changed here and in Odoo."""
    entry = get_object_or_404(OutboxEntry, pk=entry_id)
    form = ResolveForm(request.POST, conflicts=Conflict.objects.filter(entry=entry, choice=""))
    if not form.is_valid():
        refusal = "Choose for each of these what shall stand."
        return show(request, unresolved=entry.pk, refusal=refusal)
    choices = form.choices
    return act(
        request, lambda: resolve_conflict(entry_id=entry.pk, choices=choices, by=request.user)
    )


@require_POST
@allow(Role.ADMIN)
def go_on(request: SignedInRequest) -> HttpResponse:
    """Send again to an Odoo that was restored from a backup."""
    return act(request, lambda: let_writes_go_on(by=request.user))


def act(request: SignedInRequest, write: Any) -> HttpResponse:
    """Do it, and show the desk with what has become of it."""
    try:
        write()
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    return show(request)


def show(
    request: SignedInRequest,
    *,
    refused: int = 0,
    unresolved: int = 0,
    refusal: str = "",
    answer: BulkAnswer | None = None,
) -> HttpResponse:
    """Render the desk; 422 with a refusal beside what it is about.

    ``refused`` is the entry that was not dropped; ``unresolved``, that with a choice missing;
    ``answer``, what became of an act on many.
    """
    breaker = Breaker.objects.first() or Breaker()
    since = breaker.forgotten_since
    context = {
        "held_at": breaker.held_at,
        "forgotten_since": since,
        "forgotten": forgotten_entries(since) if since else [],
        "may_go_on": request.user.role == Role.ADMIN,
        "figures": outbox_figures(),
        "parked": entries_in(State.PARKED),
        "disputed": disputed_entries(),
        "unknown": entries_in(State.UNKNOWN),
        "waiting": entries_in(State.QUEUED, State.SENDING),
        "paused": paused_streams(),
        "reasons": reasons_for_parking(),
        "mirrors": troubled_mirrors(),
        "waiting_mirrors": waiting_mirrors(),
        "may_act": request.user.role in MAY_ACT,
        "refused": refused,
        "unresolved": unresolved,
        "refusal": refusal,
        "answer": answer,
    }
    # What was done is told beside the desk, which is read again as soon as anything changes.
    partial = "odoo_bridge/answered.html" if request.method == "POST" else "odoo_bridge/_desk.html"
    return render_page_or_partial(
        request,
        "odoo_bridge/desk.html",
        partial,
        context,
        status=422 if refusal else 200,
    )
