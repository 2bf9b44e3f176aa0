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
) -> list[Attachment]:
    """Note the files of a text or a call, once each, in the caller's transaction.

    Returns those that were not known before; the caller holds the lock of a known text or call.
    """
    now = timezone.now()
    named = {_key(link.url): link.url for link in links}
    if not named:
        return []
    of_it = Attachment.objects.filter(message=message, call=call, key__in=named)
    known = set(of_it.values_list("key", flat=True))
    new = [
        Attachment(message=message, call=call, key=key, url=url, not_before=now)
        for key, url in named.items()
        if key not in known
    ]
    Attachment.objects.bulk_create(new, ignore_conflicts=True)
    wake(FETCH)
    return new


def _key(url: str) -> str:
    """Return what stays of an address whose signature changes."""
    parts = urlsplit(url)
    return hashlib.sha256(f"{parts.netloc}{parts.path}".encode()).hexdigest()
