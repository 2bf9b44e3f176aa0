"""``/driver/positions``: where the phone is while a run is on."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from drivers.errors import NotYours
from drivers.forms.acts import words_of
from drivers.forms.bodies import json_of
from drivers.forms.positions import MOST, PositionsForm, measured
from drivers.services.keep_positions import keep_positions
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role

MOST_BYTES = 32 * 1024


@require_POST
@allow(Role.DRIVER)
def positions(request: SignedInRequest) -> HttpResponse:
    """Keep them, and answer how many; the rest is ``dropped``, for which nobody has to ask again.

    400 names what is wrong with the whole; 404: the run is another driver's; 409: the session is.
    """
    received_at = timezone.now()
    try:
        said = _body(request)
    except ValueError as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    form = PositionsForm(said)
    if not form.is_valid():
        return JsonResponse({"error": words_of(form)}, status=400)
    asked, listed = form.cleaned_data, said["positions"]
    if asked["driver"] != request.user.pk:
        return JsonResponse({"error": "driver: sign in as the driver who is there."}, status=409)
    found = measured(listed, ahead=asked["sent_at"] - received_at)
    try:
        kept = keep_positions(run=asked["run"], measured=found, by=request.user)
    except NotYours as refusal:
        return JsonResponse({"error": str(refusal)}, status=404)
    return JsonResponse({"kept": kept, "dropped": len(listed) - kept})


def _body(request: SignedInRequest) -> dict[str, Any]:
    """Return the body.

    :raises ValueError: it is none, or too much.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise ValueError(f"positions: send at most {MOST_BYTES // 1024} kB at once.")
    said: Any = json_of(request.body)
    listed = said.get("positions") if isinstance(said, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST:
        raise ValueError(f"positions: send a list of at most {MOST}.")
    return dict(said)
