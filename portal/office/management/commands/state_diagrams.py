"""``manage.py state_diagrams``: print ``docs/states.md``, as the code has it."""

from typing import Any

from django.core.management.base import BaseCommand

from crm_intake.services.text_states import TRANSITIONS as TEXTS
from odoo_bridge.outbox.states import TRANSITIONS as OUTBOX
from portal.core.state_diagram import Transitions, diagram

MACHINES: list[tuple[str, Transitions]] = [
    ("A promise to Odoo (an entry of the outbox)", OUTBOX),
    ("A text that goes out", TEXTS),
]
HEAD = """\
# States

Drawn by `make fix` from the tables of transitions in the code, which refuses all others.
"""


def states_page() -> str:
    """Return the page: a heading and a diagram for each kind of record that has states."""
    parts = [f"## {title}\n\n{diagram(transitions)}\n" for title, transitions in MACHINES]
    return "\n".join([HEAD, *parts])


class Command(BaseCommand):
    """Prints the page; ``make fix`` keeps it in ``docs``."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(states_page(), ending="")
