"""``/inbox/files/<uuid>/``: a file that came with a text or a call."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from crm_intake.media.kinds import SHOWN
from crm_intake.models import Attachment
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role


@require_GET
@allow(Role.OFFICE, Role.DIRECTOR, Role.ADMIN)
def attachment(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Answer the file: a picture, a sound or a film to be looked at, anything else to be kept."""
    kept = get_object_or_404(Attachment, uuid=file, state=Attachment.State.KEPT)
    name = f"{kept.uuid}.{kept.content_type.rpartition('/')[2]}"
    shown = "inline" if kept.content_type.startswith(SHOWN) else "attachment"
    with kept.file.open("rb") as content:
        return HttpResponse(
            content.read(),
            content_type=kept.content_type,
            headers={
                "Content-Disposition": f'{shown}; filename="{name}"',
                # A stranger's file: whatever it says, it does nothing here.
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Cache-Control": "private, max-age=86400",
            },
        )
