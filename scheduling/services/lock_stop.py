"""What every act at a stop begins with."""

from scheduling.errors import StopGone
from scheduling.models import Job, Stop


def lock_stop(*, stop_id: int) -> Stop:
    """Return the stop with its run, its job, order or purchase, and transfer; its job is locked.

    The job is what the office locks to move it: nobody moves the stop until the transaction ends.

    :raises StopGone: the office has taken it off its run.
    """
    Job.objects.select_for_update(of=("self",)).filter(stop=stop_id).first()
    stops = Stop.objects.select_related(
        "run__driver", "job__order__currency", "job__purchase", "job__picking"
    )
    stop = stops.filter(pk=stop_id).first()
    if stop is None:
        raise StopGone("The office has taken this stop off its run. Look at your run again.")
    return stop
