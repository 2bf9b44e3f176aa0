"""The office ends a run whose driver does not."""

from django.db import transaction
from django.utils import timezone

from drivers.errors import NotUnderWay
from drivers.models import Drive
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Run


@transaction.atomic
def close_drive(run: Run, *, by: User) -> Drive:
    """End a run just now, and return how it was driven: its phone is broken, or was forgotten.

    What the phone still sends of it counts all the same.

    :raises NotUnderWay: nobody has begun it, or it is over.
    """
    open_drives = Drive.objects.select_for_update().filter(ended_at=None)
    drive = open_drives.filter(run=run, started_at__isnull=False).first()
    if drive is None:
        raise NotUnderWay("This run is not under way: nobody has begun it, or it is over.")
    drive.ended_at = timezone.now()
    drive.save(update_fields=["ended_at"])
    record(by=by, what="run ended", target=run, new={"ended_at": drive.ended_at})
    touch("drives")
    touch("board")
    return drive
