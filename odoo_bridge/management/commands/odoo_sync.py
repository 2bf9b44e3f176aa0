"""``manage.py odoo_sync``: bring the mirrors up to date now, and tell how far it is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from odoo_bridge.client import OdooError
from odoo_bridge.sync.specs import SPECS
from odoo_bridge.sync.whole import from_the_beginning, read_whole
from odoo_bridge.tasks import proven_client, readable_specs


class Command(BaseCommand):
    """Reads what changed in Odoo, or with ``--full`` everything, as at the first time.

    Cut off at any moment, the next run goes on with the page that it was at.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which mirrors, and from where."""
        parser.add_argument("mirrors", nargs="*", help="for instance SaleOrder; all without one")
        parser.add_argument("--full", action="store_true", help="from the beginning")
        parser.add_argument(
            "--fast", action="store_true", help="do not leave Odoo half of its time for others"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read one mirror after the other."""
        asked = set(options["mirrors"])
        if unknown := asked - {spec.name for spec in SPECS}:
            names = ", ".join(spec.name for spec in SPECS)
            raise CommandError(f"No such mirror: {', '.join(sorted(unknown))}. There are {names}.")
        client = proven_client()
        if client is None:
            raise CommandError("There is no Odoo to read: manage.py odoo_doctor says why.")
        specs = [spec for spec in readable_specs() if not asked or spec.name in asked]
        if options["full"]:
            from_the_beginning(specs)
        try:
            changed = read_whole(specs, client, self.stdout.write, fast=options["fast"])
        except OdooError as exc:
            raise CommandError(
                f"Odoo broke off at {exc.call}: {exc.reason} Run odoo_sync again: it goes on there."
            ) from exc
        self.stdout.write(f"{changed} records changed.")
