"""All that may run for this checkout, and stopping just the part that a call has started."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from functools import partial

from portal.local import odoo, portal_processes, postgres, processes, valkey
from portal.local.progress import say


def stops() -> dict[str, Callable[[], bool]]:
    """Return how to stop each, in the order in which they should end.

    Odoo would complain about a database that goes away first.
    """
    names = [*portal_processes.NAMES, *odoo.started(), odoo.NAME]
    return {
        **{name: partial(processes.stop, name) for name in names},
        valkey.NAME: valkey.stop,
        postgres.CLUSTER.name: postgres.stop,
    }


def which_run() -> set[str]:
    """Return the names of what runs now."""
    return {name for name in stops() if processes.running(name)}


@contextlib.contextmanager
def stopping_what_we_start() -> Iterator[None]:
    """Stop, at the end of the block, what did not run before it; the portal's own in any case."""
    before = which_run() - set(portal_processes.NAMES)
    try:
        yield
    finally:
        # Stopping takes seconds: a second Ctrl-C must not leave half of it running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stopped = portal_processes.stop_all()
        stopped += [name for name, stop in stops().items() if name not in before and stop()]
        if stopped:
            say(f"stopped: {', '.join(stopped)}")
