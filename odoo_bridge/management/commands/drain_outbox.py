"""``manage.py drain_outbox``: send what is due now, in this process."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from odoo_bridge.outbox.send_due import send_due
from odoo_bridge.selectors.state import odoo_state


class Command(BaseCommand):
    """Sends what waits without a worker; safe beside workers that do the same."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain once, and say how many entries were sent, and what keeps the others."""
        sent = send_due()
        if sent is None:
            raise CommandError("The portal has no Odoo yet. Run manage.py odoo_provision first.")
        self.stdout.write(f"{sent} sent.")
        if (state := odoo_state()) and state.unreachable_since:
            self.stdout.write(state.in_words)
