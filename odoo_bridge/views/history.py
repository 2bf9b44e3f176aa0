"""``/sync/history/<stream>``: one record's life between here and Odoo, and its pause."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from odoo_bridge.forms.pause import PauseForm
from odoo_bridge.models import Stream
from odoo_bridge.selectors.history import history_of
from odoo_bridge.services.pause_stream import let_stream_go_on, pause_stream
from odoo_bridge.views.desk import MAY_ACT
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

READABLE = Stream.objects.select_related("paused_by")


@require_GET
@allow(*MAY_ACT, Role.DIRECTOR)
def history(request: SignedInRequest, stream_key: str) -> HttpResponse:
    """Show the line of time."""
    return show(request, get_object_or_404(READABLE, key=stream_key))


@require_POST
@allow(*MAY_ACT)
def pause(request: SignedInRequest, stream_key: str) -> HttpResponse:
    """Hold the stream, with a reason that says why."""
    stream = get_object_or_404(READABLE, key=stream_key)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return show(request, stream, refusal="Write why this is paused.")
    why = form.cleaned_data["why"]
    return act(request, stream, lambda: pause_stream(stream_id=stream.pk, why=why, by=request.user))


@require_POST
@allow(*MAY_ACT)
def go_on(request: SignedInRequest, stream_key: str) -> HttpResponse:
    """Let the stream be sent again."""
    stream = get_object_or_404(READABLE, key=stream_key)
    return act(request, stream, lambda: let_stream_go_on(stream_id=stream.pk, by=request.user))


def act(request: SignedInRequest, stream: Stream, write: Callable[[], object]) -> HttpResponse:
    """Do it, and go back to where the stream is shown."""
    try:
        write()
    except UserFacingError as refusal:
        messages.error(request, str(refusal))
    if "desk" in request.POST:
        return redirect("odoo_bridge:desk")
    return redirect("odoo_bridge:history", stream_key=stream.key)


def show(request: SignedInRequest, stream: Stream, *, refusal: str = "") -> HttpResponse:
    """Render the line of time; 422 with a refusal beside the pause."""
    context = {
        "history": history_of(stream),
        "may_act": request.user.role in MAY_ACT,
        "refusal": refusal,
    }
    return render_page_or_partial(
        request,
        "odoo_bridge/history.html",
        "odoo_bridge/_history.html",
        context,
        status=422 if refusal else 200,
    )
