"""Hold one stream, and let it go on. All others are sent as ever."""

from django.db import transaction
from django.utils import timezone

from odoo_bridge.errors import StreamMovedOn
from odoo_bridge.models import Stream
from odoo_bridge.outbox.enqueue import DRAIN
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core import jobs
from portal.core.changes import touch

PAUSE = ["paused_at", "paused_by", "paused_why"]


@transaction.atomic
def pause_stream(*, stream_id: int, why: str, by: User) -> Stream:
    """Send nothing more of it. What is being sent ends as it would.

    :raises StreamMovedOn: somebody else was faster.
    """
    stream = Stream.objects.select_for_update().get(pk=stream_id)
    if stream.paused_at is not None:
        raise StreamMovedOn("This is paused already.")
    stream.paused_at, stream.paused_by, stream.paused_why = timezone.now(), by, why
    stream.save(update_fields=PAUSE)
    record(by=by, what="outbox stream paused", target=stream, new={"why": why})
    touch("sync")
    return stream


@transaction.atomic
def let_stream_go_on(*, stream_id: int, by: User) -> Stream:
    """Send again what waits in it.

    :raises StreamMovedOn: somebody else was faster.
    """
    stream = Stream.objects.select_for_update().get(pk=stream_id)
    if stream.paused_at is None:
        raise StreamMovedOn("This is not paused any more.")
    old = {"why": stream.paused_why, "since": stream.paused_at.isoformat()}
    stream.paused_at, stream.paused_by, stream.paused_why = None, None, ""
    stream.save(update_fields=PAUSE)
    record(by=by, what="outbox stream goes on", target=stream, old=old)
    touch("sync")
    jobs.wake(DRAIN)
    return stream
