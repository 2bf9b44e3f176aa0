"""The customer took nothing, or nobody was there."""

from collections.abc import Mapping
from typing import Any

from drivers.models import StopAction
from scheduling.models import Stop
from scheduling.services.fail_job import fail_job


def leave_stop(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Let the job go again another day, or never, and tell Odoo why. What it brings is all here.

    :raises JobClosed: it is done already, or was cancelled in Odoo.
    """
    del load  # nothing was handed over, whatever it was
    fail_job(
        stop_id=stop.pk,
        delivery_uuid=action.uuid,
        at=action.done_at,
        reason=f"{action.get_what_display()}: {said['reason']}",
        goes_again=said["goes_again"],
        by=action.by,
    )
