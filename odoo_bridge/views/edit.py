"""Correcting what Odoo has refused."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from odoo_bridge.errors import ChangedMeanwhile, EntryMovedOn
from odoo_bridge.forms.edit import EditForm
from odoo_bridge.models import OutboxEntry
from odoo_bridge.selectors.outbox import shown
from odoo_bridge.services.edit_entry import edit_entry
from odoo_bridge.views.desk import MAY_ACT
from portal.accounts.access import SignedInRequest, allow

DOUBTED = (
    "The answer to its last call was lost: Odoo may have it as it was. Try it again first; what "
    "Odoo has then can be changed, and what it refuses can be edited."
)


@require_http_methods(["GET", "POST"])
@allow(*MAY_ACT)
def edit(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Show what may be edited; keep it and try again, or show which field is wrong."""
    entry = get_object_or_404(OutboxEntry.objects.select_related("stream"), pk=entry_id)
    form = EditForm(request.POST if request.method == "POST" else None, entry=entry)
    if not form.editable and entry.doubted_at:
        messages.error(request, DOUBTED)
        return redirect("odoo_bridge:history", stream_key=entry.stream.key)
    if not form.editable:
        raise Http404
    return save(request, form) if form.is_valid() else page(request, form)


def save(request: SignedInRequest, form: EditForm) -> HttpResponse:
    """Keep what the form says, or show anew what somebody else has made of it."""
    entry, seen = form.entry, form.cleaned_data["seen"]
    try:
        edit_entry(entry_id=entry.pk, values=form.values, seen=seen, by=request.user)
    except ChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
        return redirect("odoo_bridge:entry-edit", entry_id=entry.pk)
    except EntryMovedOn as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This is edited, and tried again.")
    return redirect("odoo_bridge:history", stream_key=entry.stream.key)


def page(request: SignedInRequest, form: EditForm) -> HttpResponse:
    """Render the form; one that has moved on is shown on its line of time instead."""
    entry = form.entry
    if entry.state != OutboxEntry.State.PARKED:
        words = entry.get_state_display().lower()
        messages.error(request, f"This change no longer waits for a person: it is {words} now.")
        return redirect("odoo_bridge:history", stream_key=entry.stream.key)
    [one] = shown(OutboxEntry.objects.filter(pk=entry.pk))
    status = 422 if form.errors else 200
    return render(request, "odoo_bridge/edit.html", {"one": one, "form": form}, status=status)
