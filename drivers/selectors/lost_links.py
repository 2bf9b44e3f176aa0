"""Links to pay by card that never reached the customer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm_intake.failures import words_of
from crm_intake.gate.decision import reason_of
from crm_intake.models import OutgoingText
from drivers.models import CardLink
from drivers.selectors.open_acts import MOST
from odoo_bridge.selectors.money import amount_due
from scheduling.models import Job, Run

TAKEN_BACK = _("The text was taken back.")
TO_SETTLE_FOR = dt.timedelta(days=14)  # later it is a bill that is open, like any other
State = OutgoingText.State
NEVER_CAME = (State.REFUSED, State.FAILED, State.DROPPED)
IS_LOST = ~Q(link__why="") | ~Q(why="") | Q(text__state__in=NEVER_CAME)
OF_A_LINK = (
    *("text", "link__order__currency", "action__by", "action__run__truck__vehicle"),
    *(f"action__job__{name}" for name in Job.OF_A_NAME),
)


@dataclass(frozen=True)
class LostLink:
    """A link that the customer does not have, and why."""

    row: CardLink
    why: str

    @property
    def key(self) -> str:
        """What the page calls it."""
        return f"link-{self.row.pk}"


def links_to_settle(*, now: dt.datetime) -> list[LostLink]:
    """Return the lost links that the office has not dealt with, the oldest first; one query.

    As many as a page shows, of the last two weeks.
    """
    since = now - TO_SETTLE_FOR
    open_ = CardLink.objects.filter(settled="", action__done_at__gte=since)
    return [LostLink(row, _why(row)) for row in _lost(open_)[:MOST]]


def lost_at(runs: Iterable[Run]) -> dict[int | None, str]:
    """Return why a link is lost, by the key of the stop it was asked for at; one query.

    The office may have dealt with it: the driver still learns that no link has come.
    """
    found = _lost(CardLink.objects.filter(stop__run__in=runs))
    return {row.stop_id: _why(row) for row in found}


def is_lost(row: CardLink) -> bool:
    """Say whether the customer still does not have it, and needs it; one query."""
    return _lost(CardLink.objects.filter(pk=row.pk)).exists()


def _lost(links: QuerySet[CardLink]) -> QuerySet[CardLink]:
    """Return those for which so much is still to be paid, and no later link was asked for.

    The later one may be for a part: the driver has chosen anew what is to be paid by card.
    """
    later = CardLink.objects.filter(action__job=OuterRef("action__job"), pk__gt=OuterRef("pk"))
    open_ = links.annotate(due=amount_due("link__order__")).filter(due__gte=F("link__amount"))
    found = open_.filter(IS_LOST, ~Exists(later)).select_related(*OF_A_LINK)
    return found.order_by("pk")


def _why(row: CardLink) -> str:
    """Return in a person's words what went wrong: at Odoo, here, at the gate, or on the way."""
    if why := row.link.why or row.why:
        return why
    text = row.text
    assert text is not None  # noqa: S101 - its state is why the row was found
    if text.rule:
        return str(reason_of(text.rule))
    if text.failure:
        return str(words_of(text.failure))
    return str(TAKEN_BACK)
