"""Files came along: note them, to be fetched soon."""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils import timezone

from crm_intake.events import MediaLink
from crm_intake.models import Attachment, Call, Message
from portal.core.jobs import wake

FETCH = "crm_intake.tasks.fetch_attachments"


def note_attachments(
    links: Iterable[MediaLink], *, message: Message | None = None, call: Call | None = None
) -> None:
    """Note the files of a text or a call, once each, in the caller's transaction."""
    now = timezone.now()
    noted = [
        Attachment(message=message, call=call, key=_key(link.url), url=link.url, not_before=now)
        for link in links
    ]
    if noted:
        Attachment.objects.bulk_create(noted, ignore_conflicts=True)
        wake(FETCH)


def _key(url: str) -> str:
    """Return what stays of an address whose signature changes."""
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.netloc}{parts.path}".encode()).hexdigest()
