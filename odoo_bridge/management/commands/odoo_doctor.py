"""``manage.py odoo_doctor``: what works with Odoo, what is missing, and what to do."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from odoo_bridge.provision.doctor.examine import examine
from odoo_bridge.provision.doctor.finding import Finding, Level


class Command(BaseCommand):
    """Changes nothing, prints no secret, and ends with 1 if anything is broken."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how to print."""
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings."""
        found = examine(timezone.now())
        is_broken = any(one.level is Level.BROKEN for one in found)
        if options["json"]:
            findings = [dataclasses.asdict(one) for one in found]
            self.stdout.write(json.dumps({"ok": not is_broken, "findings": findings}, indent=2))
        else:
            self.stdout.write("\n".join(in_words(one) for one in found))
        if is_broken:
            raise SystemExit(1)


def in_words(finding: Finding) -> str:
    """Return a finding as one line, with what to do below it."""
    line = f"{finding.level:<10}{finding.about}: {finding.says}"
    return f"{line}\n{'':<10}→ {finding.advice}" if finding.advice else line
