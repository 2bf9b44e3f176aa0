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
from odoo_bridge.provision.reach import spoken_protocol
from odoo_bridge.provision.refusal import NotProvisioned
from odoo_bridge.provision.remove import Removal
from odoo_bridge.provision.steps import Provisioning
from odoo_bridge.selectors.access import where_odoo_reaches_us
from odoo_bridge.selectors.sample import holds_sample_data

OPTIONS = {
    "--dry-run": "say what would be done, and change nothing",
    "--print-key": "print the bot's key as the last line",
    "--take-over": "go on in the place of a portal that is gone for good",
    "--no-webhooks": "let Odoo tell us of nothing: changes show after a poll",
    "--rotate": "make a new key and a new secret for the webhooks; the older ones end soon",
    "--remove": "take out of Odoo what was put in, and forget the key here",
    "--yes": "remove without asking",
}


class Command(BaseCommand):
    """Makes the bot, its key and all else that the portal needs in Odoo, or says what is missing.

    The administrator's API key comes from ODOO_ADMIN_KEY, or from a line of standard input. It is
    used for this run and not kept. An Odoo before 19 also asks whose key it is: ODOO_ADMIN_LOGIN.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and what to print."""
        for option, meaning in OPTIONS.items():
            parser.add_argument(option, action="store_true", help=meaning)

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at everything first, then change; one line each."""
        refuse_without_odoo()
        try:
            self.remove(options) if options["remove"] else self.provide(options)
        except (NotProvisioned, ImproperlyConfigured) as exc:
            raise CommandError(str(exc)) from exc
        except OdooError as exc:
            raise CommandError(
                f"Odoo broke off at {exc.call}: {exc.reason} Run odoo_provision again."
            ) from exc

    def provide(self, options: dict[str, Any]) -> None:
        """Make everything so, or say what would be made so."""
        provisioning = Provisioning(
            admin=client_of_the_administrator(),
            kept=OdooAccess.objects.first(),
            now=timezone.now(),
            say=self.stdout.write,
            take_over=options["take_over"],
            hints_to="" if options["no_webhooks"] else where_odoo_reaches_us(),
            hint_secret=settings.ODOO_WEBHOOK_SECRET,
            rotate=options["rotate"],
        )
        if options["dry_run"]:
            self.stdout.write(f"Nothing was changed. A run would change {provisioning.rehearse()}.")
            return
        access = provisioning.run()
        if settings.ODOO_API_KEY:
            self.stdout.write("ODOO_API_KEY is set, and wins over the bot's key.")
        if options["print_key"]:
            self.stdout.write(access.api_key)

    def remove(self, options: dict[str, Any]) -> None:
        """Say what would be taken out, ask, and take it out."""
        kept = OdooAccess.objects.first()
        if kept is None:
            self.stdout.write("This portal is not connected with an Odoo: nothing to take out.")
            return
        admin = client_of_the_administrator()
        removal = Removal(admin=admin, kept=kept, say=self.stdout.write)
        if options["dry_run"] or not options["yes"]:
            removal.rehearse()
        if options["dry_run"] or not (options["yes"] or self.is_agreed()):
            self.stdout.write("Nothing was changed.")
            return
        removal.run()
        if settings.ODOO_API_KEY:
            self.stdout.write("ODOO_API_KEY is still set: take it out, or the portal goes on.")

    def is_agreed(self) -> bool:
        """Ask a person.

        :raises NotProvisioned: there is none to be asked.
        """
        if not sys.stdin.isatty():
            raise NotProvisioned("Nobody can be asked here: run odoo_provision --remove --yes.")
        self.stdout.write("Type remove to do that.")
        return input() == "remove"


def refuse_without_odoo() -> None:
    """Let through only a portal that has an Odoo, and shows nothing that is invented.

    :raises CommandError: which of them it is not.
    """
    if not settings.ODOO_URL:
        raise CommandError("Set ODOO_URL and ODOO_DB: this portal has no Odoo yet.")
    if holds_sample_data():
        raise CommandError(
            "This portal holds sample data, which never stands beside an Odoo's: connect Odoo "
            "with a portal whose database is empty (of a checkout: make clean)."
        )


def client_of_the_administrator() -> OdooClient:
    """Return a client with the key that was given to us, which speaks as this Odoo does.

    :raises NotProvisioned: what was given is no key, or nobody answers.
    """
    key = os.environ.get("ODOO_ADMIN_KEY") or asked_for()
    try:
        return OdooClient(
            base_url=settings.ODOO_URL,
            database=settings.ODOO_DB,
            api_key=key,
            read_timeout=settings.ODOO_READ_TIMEOUT,
            write_timeout=settings.ODOO_WRITE_TIMEOUT,
            protocol=spoken_protocol(settings.ODOO_URL, settings.ODOO_DB),
            user=os.environ.get("ODOO_ADMIN_LOGIN", "admin"),
        )
    except ValueError as exc:
        raise NotProvisioned(f"{exc} Give the administrator's key as ODOO_ADMIN_KEY.") from None


def asked_for() -> str:
    """Ask on a terminal, or read a line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass("API key of Odoo's administrator: ")
    return sys.stdin.readline().strip()
