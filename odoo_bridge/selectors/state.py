"""Whether Odoo answers, and how old what we show of it is."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists
from django.utils import timezone

from odoo_bridge.breaker import KEY_REFUSED
from odoo_bridge.client import NotOurOdoo
from odoo_bridge.models import Breaker, OdooAccess
from odoo_bridge.selectors.access import odoo_is_set
from odoo_bridge.selectors.sample import holds_sample_data

LATE_AFTER = 4  # polls


@dataclass(frozen=True)
class OdooState:
    """What the workers last saw of Odoo."""

    has_key: bool
    answered_at: dt.datetime | None
    unreachable_since: dt.datetime | None
    reason: str
    is_late: bool
    held_at: dt.datetime | None = None
    forgotten_since: dt.datetime | None = None

    @property
    def reachable(self) -> bool:
        """Odoo answered when it was last asked, and that is not long ago."""
        return self.unreachable_since is None and not self.is_late

    @property
    def is_another(self) -> bool:
        """It answers, but is not the Odoo that the portal was provisioned with."""
        return self.unreachable_since is not None and self.reason == NotOurOdoo.REASON

    @property
    def says_why(self) -> bool:
        """The reason itself tells a person what to do."""
        return self.is_another or (
            self.unreachable_since is not None and self.reason.startswith(KEY_REFUSED)
        )

    @property
    def in_words(self) -> str:
        """One sentence for a list of connections."""
        if self.says_why:
            return self.reason
        if self.unreachable_since:
            return f"Not reachable: {self.reason}"
        if self.answered_at is None:
            return "Not heard from yet."
        return "No worker has asked it for a while." if self.is_late else "Answers."


def odoo_state() -> OdooState | None:
    """Return how Odoo is, or ``None`` when the portal works without one. At most two queries."""
    if not odoo_is_set():
        return None
    provisioned = Exists(OdooAccess.objects.all())
    kept = Breaker.objects.annotate(is_provisioned=provisioned).first()
    is_provisioned = kept.is_provisioned if kept else OdooAccess.objects.exists()
    breaker: Breaker = kept or Breaker()
    given = bool(settings.ODOO_API_KEY)
    has_key = is_provisioned or (given and not holds_sample_data())
    patience = dt.timedelta(seconds=LATE_AFTER * settings.ODOO_POLL_SECONDS)
    answered = breaker.answered_at
    return OdooState(
        has_key=has_key,
        answered_at=answered,
        unreachable_since=breaker.opened_at,
        reason=breaker.reason,
        is_late=answered is None or answered < timezone.now() - patience,
        held_at=breaker.held_at,
        forgotten_since=breaker.forgotten_since,
    )
