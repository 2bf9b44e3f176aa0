"""``manage.py add_person``: the first administrator, or the demo's people."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from portal.accounts.models import Role, User
from portal.audit.services.record import record


class Command(BaseCommand):
    """Adds one person with a password, without a mail; a person who is there stays as they are."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person's e-mail address, name and role."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--odoo-employee-id", type=int, default=None)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password on a terminal, or read it as a line of standard input."""
        email = options["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            self.stdout.write(f"{email} is there already; nothing was changed.")
            return
        person = User(
            email=email,
            name=options["name"],
            role=options["role"],
            odoo_employee_id=options["odoo_employee_id"],
        )
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_email(email)
            validate_password(password, user=person)
        except ValidationError as exc:
            raise CommandError(" ".join(exc.messages)) from exc
        person.set_password(password)
        person.save()
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        record(by=None, what="person added", target=person, new={"role": person.role})
        self.stdout.write(f"{email} can sign in as {person.get_role_display()}.")
