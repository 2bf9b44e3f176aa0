"""A question to the office was answered."""

from django.utils import timezone

from crm_intake.models import OfficeTask
from portal.accounts.models import User
from portal.core.changes import touch


def finish_task(*, task_id: int, by: User) -> None:
    """Note by whom; who comes second changes nothing."""
    open_task = OfficeTask.objects.filter(pk=task_id, done_at=None)
    if open_task.update(done_at=timezone.now(), done_by=by):
        touch("inbox")
