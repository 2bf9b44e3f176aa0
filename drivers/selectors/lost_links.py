"""Links to pay by card that never reached the customer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from crm_intake.failures import words_of
from crm_intake.gate.decision import reason_of
from crm_intake.models import OutgoingText
from drivers.models import CardLink
from odoo_bridge.selectors.money import amount_due
from scheduling.models import Job, Run

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


def links_to_settle() -> list[LostLink]:
    """Return the lost links that the office has not dealt with, the oldest first; one query."""
    return _lost(CardLink.objects.filter(settled=""))


def lost_at(runs: Iterable[Run]) -> dict[int | None, str]:
    """Return why a link is lost, by the key of the stop it was asked for at; one query.

    The office may have dealt with it: the driver still learns that no link has come.
    """
    found = _lost(CardLink.objects.filter(stop__run__in=runs))
    return {one.row.stop_id: one.why for one in found}


def _lost(links: QuerySet[CardLink]) -> list[LostLink]:
    """Return those for which so much is still to be paid, and no later link was asked for."""
    later = CardLink.objects.filter(
        action__job=OuterRef("action__job"),
        link__amount__gte=OuterRef("link__amount"),
        pk__gt=OuterRef("pk"),
    )
    open_ = links.annotate(due=amount_due("link__order__")).filter(due__gte=F("link__amount"))
    found = open_.filter(IS_LOST, ~Exists(later)).select_related(*OF_A_LINK)
    return [LostLink(row, _why(row)) for row in found.order_by("pk")]


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
    return _("The text was taken back.")
