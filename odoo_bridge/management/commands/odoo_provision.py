"""``manage.py odoo_provision``: connect the portal with its Odoo. Safe to run at any time."""

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from odoo_bridge.client import OdooClient, OdooError
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.steps import Provisioning
from odoo_bridge.selectors.sample import holds_sample_data


class Command(BaseCommand):
    """Makes the bot, its key and all else that the portal needs in Odoo, or says what is missing.

    The administrator's API key comes from ODOO_ADMIN_KEY, or from a line of standard input. It is
    used for this run and not kept.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to print and what to take over."""
        parser.add_argument(
            "--print-key", action="store_true", help="print the bot's key as the last line"
        )
        parser.add_argument(
            "--take-over",
            action="store_true",
            help="go on in the place of a portal that is gone for good",
        )
        parser.add_argument(
            "--no-webhooks",
            action="store_true",
            help="let Odoo tell us of nothing: changes show after a poll",
        )
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="make a new key and a new secret for the webhooks; the older ones end soon",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all steps, one line each."""
        if not settings.ODOO_URL:
            raise CommandError("Set ODOO_URL and ODOO_DB: this portal has no Odoo yet.")
        if holds_sample_data():
            raise CommandError(
                "This portal holds sample data, which never stands beside an Odoo's: connect Odoo "
                "with a portal whose database is empty (of a checkout: make clean)."
            )
        try:
            access = Provisioning(
                admin=client_of_the_administrator(),
                kept=OdooAccess.objects.first(),
                now=timezone.now(),
                say=self.stdout.write,
                take_over=options["take_over"],
                hints_to="" if options["no_webhooks"] else where_odoo_reaches_us(),
                hint_secret=settings.ODOO_WEBHOOK_SECRET,
                rotate=options["rotate"],
            ).run()
        except (NotProvisioned, ImproperlyConfigured) as exc:
            raise CommandError(str(exc)) from exc
        except OdooError as exc:
            raise CommandError(
                f"Odoo broke off at {exc.call}: {exc.reason} Run odoo_provision again."
            ) from exc
        if settings.ODOO_API_KEY:
            self.stdout.write("ODOO_API_KEY is set, and wins over the bot's key.")
        if options["print_key"]:
            self.stdout.write(access.api_key)


def where_odoo_reaches_us() -> str:
    """Return the address, without a path, that Odoo's webhooks can be sent to."""
    return str(settings.ODOO_WEBHOOK_BASE_URL or settings.PUBLIC_URL)


def client_of_the_administrator() -> OdooClient:
    """Return a client with the key that was given to us.

    :raises NotProvisioned: what was given is no key.
    """
    key = os.environ.get("ODOO_ADMIN_KEY") or asked_for()
    try:
        return OdooClient(
            base_url=settings.ODOO_URL,
            database=settings.ODOO_DB,
            api_key=key,
            read_timeout=settings.ODOO_READ_TIMEOUT,
            write_timeout=settings.ODOO_WRITE_TIMEOUT,
        )
    except ValueError as exc:
        raise NotProvisioned(f"{exc} Give the administrator's key as ODOO_ADMIN_KEY.") from None


def asked_for() -> str:
    """Ask on a terminal, or read a line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass("API key of Odoo's administrator: ")
    return sys.stdin.readline().strip()
