"""``manage.py verify_consent_chain``: is the consent ledger as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm_intake.models import LedgerEvent
from crm_intake.selectors.ledger import breaks


class Command(BaseCommand):
    """Prove each chain of hashes and each evidence that is still kept."""

    help = "Check that no event of the consent ledger was changed, removed or put in."

    def handle(self, **_: Any) -> None:
        """Check it.

        :raises CommandError: something is not as it was written.
        """
        broken = False
        for sentence in breaks():
            broken = True
            self.stderr.write(sentence)
        if broken:
            raise CommandError("The ledger is not as it was written. Compare it with a backup.")
        self.stdout.write(f"{LedgerEvent.objects.count()} events: all as they were written.")
