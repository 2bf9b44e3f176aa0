"""What lies on the truck, as its driver found it in the yard."""

from collections.abc import Mapping
from typing import Any

from drivers.errors import LoadChanged, NotUnderstood
from drivers.models import StopAction
from drivers.selectors.load_checks import elsewhere_now, never_on
from scheduling.models import Run


def check_load(action: StopAction, run: Run, said: Mapping[str, Any]) -> None:
    """See that all of what differs belongs to the run; nothing follows from a check.

    :raises NotUnderstood: some of it was never on this run.
    :raises LoadChanged: some of it has left the run since: the office has put it elsewhere, or
        nobody took it. It was on this truck all the same, so somebody has to know.
    """
    del action
    gone = elsewhere_now(run, {line.move for line in said.get("lines", ())})
    if never_on(run, gone):
        raise NotUnderstood(
            "Some of these goods are on none of your stops. Look at your run, and check it again."
        )
    if gone:
        raise LoadChanged("Some of this is not on your run any more. The office decides.")
