"""``manage.py drain_outbox``: send what is due now, in this process."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from odoo_bridge.models import OdooAccess
from odoo_bridge.outbox.drain import drain
from odoo_bridge.selectors.access import default_client


class Command(BaseCommand):
    """Sends what waits without a worker; safe beside workers that do the same."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain once, and say how many entries were sent."""
        client, access = default_client(), OdooAccess.objects.first()
        if client is None or access is None:
            raise CommandError("The portal has no Odoo yet. Run manage.py odoo_provision first.")
        self.stdout.write(f"{drain(client, access)} sent.")
