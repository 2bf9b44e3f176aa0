"""Pictures and signatures: from the phone, and to those who look at them."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.acts import MOST_BYTES
from drivers.models import ProofOfDelivery, StopAction
from drivers.services.keep_file import keep_file
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError

TOO_LARGE = f"The picture is larger than {MOST_BYTES // 1024 // 1024} MB. Take another one."


@require_POST
@allow(Role.DRIVER)
def take(request: SignedInRequest, act: UUID) -> HttpResponse:
    """Keep the bytes that an act of this driver has named.

    404 until the act is there; 413 and 422 for what cannot be kept.
    """
    acts = StopAction.objects.select_related("job__order", "job__picking", "job__purchase")
    taken = acts.exclude(verdict=StopAction.Verdict.REFUSED)
    action = get_object_or_404(
        taken, submission_id=act, by=request.user, what__in=StopAction.WITH_FILES
    )
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"error": TOO_LARGE}, status=413)
    try:
        keep_file(action=action, content=request.read(MOST_BYTES), by=request.user)
    except UserFacingError as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return HttpResponse(status=204)


@require_GET
@allow(Role.OFFICE, Role.ADMIN, Role.DIRECTOR, Role.DRIVER)
def show(request: SignedInRequest, proof: UUID) -> HttpResponse:
    """Answer a picture or a signature; a driver sees their own."""
    proofs = ProofOfDelivery.objects.all()
    if request.user.role == Role.DRIVER:
        proofs = proofs.filter(action__by=request.user)
    found = get_object_or_404(proofs, uuid=proof)
    with found.file.open("rb") as content:
        return HttpResponse(
            content.read(),
            content_type=found.mimetype,
            headers={"Cache-Control": "private, max-age=86400"},
        )
