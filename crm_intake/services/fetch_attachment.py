"""Fetch a file that came along, once."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from crm_intake.errors import MediaGone, MediaNotThere
from crm_intake.media.client import fetch
from crm_intake.models import Attachment
from portal.core.changes import touch

State = Attachment.State
LEASE = dt.timedelta(minutes=5)  # > a fetch with all its redirects
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 600))


def fetch_next() -> bool:
    """Fetch the file that has waited longest; return whether there was one.

    One that cannot be had is tried for half a day and then given up, with the reason.
    """
    attachment = _claim()
    if attachment is None:
        return False
    try:
        content, kind = fetch(attachment.url)
    except MediaNotThere as reason:
        _later(attachment, str(reason))
    except MediaGone as reason:
        _settle(attachment, State.GONE, str(reason))
    else:
        attachment.content_type, attachment.size = kind, len(content)
        attachment.sha256 = hashlib.sha256(content).hexdigest()
        # A fetch that was cut off may have left the file: its name is this attachment's own.
        attachment.file.storage.delete(f"intake/{attachment.uuid.hex}")
        attachment.file.save("", ContentFile(content), save=False)
        _settle(attachment, State.KEPT, "")
    return True


@transaction.atomic
def _claim() -> Attachment | None:
    now = timezone.now()
    waiting = Attachment.objects.filter(state=State.WAITING, not_before__lte=now)
    attachment = waiting.select_for_update(skip_locked=True).order_by("not_before", "pk").first()
    if attachment:
        attachment.tries, attachment.not_before = attachment.tries + 1, now + LEASE
        attachment.save(update_fields=["tries", "not_before"])
    return attachment


def _later(attachment: Attachment, reason: str) -> None:
    if attachment.tries > len(PAUSES):
        _settle(attachment, State.GONE, reason)
        return
    pause = PAUSES[attachment.tries - 1]
    Attachment.objects.filter(pk=attachment.pk, state=State.WAITING).update(
        not_before=timezone.now() + pause, trouble=reason
    )


def _settle(attachment: Attachment, state: Attachment.State, reason: str) -> None:
    attachment.state, attachment.trouble = state, reason
    attachment.save(update_fields=["state", "trouble", "file", "content_type", "size", "sha256"])
    touch("inbox")
