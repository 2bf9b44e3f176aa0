"""``manage.py sample_mirrors``: fill a portal that has no Odoo with sample data."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from odoo_bridge.sync.sample import NoPlaceForSamples, store_sample


class Command(BaseCommand):
    """Reads one JSON object from standard input: rows as Odoo gives them, by model.

    Refused where there is an Odoo, or ever was: sample data never mixes with real data.
    """

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Store the rows, and say how many are new or changed."""
        try:
            self.stdout.write(f"{store_sample(json.load(sys.stdin))} sample records stored.")
        except NoPlaceForSamples as exc:
            raise CommandError(str(exc)) from exc
