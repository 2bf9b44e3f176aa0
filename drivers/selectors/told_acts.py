"""What drivers said of what they did, as pages of the office say it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from drivers.models import StopAction
from odoo_bridge.models import Move
from portal.core.templatetags.figures import money
from scheduling.geo.straight import straight_metres
from scheduling.models import Job
from scheduling.models.point import Point
from scheduling.selectors.jobs import brought, moves_of

MOST_FIGURE = Decimal(10) ** 12  # what a phone says may be anything
Verdict, What = StopAction.Verdict, StopAction.What
OF_AN_ACT = tuple(f"job__{name}" for name in Job.OF_A_NAME)
OF_ITS_WORDS = ("by", "run__truck__vehicle", "proof", "job__order__currency", *OF_AN_ACT)
WITH_LINES = (What.DELIVERED, What.LOADED)


@dataclass(frozen=True)
class SaidLine:
    """So much of what was ordered, and why not all of it.

    ``move`` is ``None`` where nobody here knows it. ``of`` is what the phone was told of it, which
    stays when Odoo moves the rest; an older phone did not say it.
    """

    move: Move | None
    quantity: Decimal
    reason: str = ""
    of: Decimal | None = None

    @property
    def ordered(self) -> Decimal:
        """How much the stop was to bring; what it brings now where the phone did not say it."""
        if self.of is not None:
            return self.of
        return brought(self.move) if self.move else self.quantity


@dataclass(frozen=True)
class ToldAct:
    """Something that a driver did, with the goods that it names."""

    action: StopAction
    lines: Sequence[SaidLine] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the page calls it."""
        return f"act-{self.action.pk}"

    @property
    def amount(self) -> str:
        """The money that it names, in the currency of the order; as it was said if that is none."""
        said = self.action.details["amount"]
        amount = figure_said(said)
        order = self.action.job.order if self.action.job else None
        symbol = order.currency.symbol if order and order.currency else ""
        return str(said) if amount is None else money(amount, symbol)

    @property
    def counts(self) -> bool:
        """It counted at once, or the office has let it."""
        return self.action.verdict == Verdict.APPLIED or self.let_count

    @property
    def let_count(self) -> bool:
        """It did not count at once, and the office has let it."""
        decision = getattr(self.action, "decision", None)
        return self.action.verdict == Verdict.KEPT and bool(decision and decision.counts)

    @property
    def is_awaited(self) -> bool:
        """Its picture or signature is still on the phone."""
        act = self.action
        has_none = act.what in StopAction.WITH_FILES and not hasattr(act, "proof")
        return has_none and act.verdict != Verdict.REFUSED

    @property
    def settled(self) -> str:
        """How the office settled it, where it does not count."""
        decision = getattr(self.action, "decision", None)
        return decision.note if decision and not decision.counts else ""

    @property
    def where(self) -> Point | None:
        """Where the phone was; ``None``: it did not say so."""
        said = self.action.details
        try:
            return Point.of(said.get("latitude"), said.get("longitude"))
        except ValueError:
            return None

    @property
    def metres_off(self) -> int | None:
        """How far that is from the place of the job; ``None`` where one of the two is unknown."""
        place = self.action.job.place if self.action.job else None
        there = place.point if place else None
        return round(straight_metres(self.where, there)) if self.where and there else None


def told_acts(found: QuerySet[StopAction]) -> list[ToldAct]:
    """Return these acts with their goods; three queries at most."""
    brings = Prefetch("job__picking__moves", Move.objects.select_related("product").order_by("pk"))
    acts = list(found.prefetch_related(brings))
    named = {act.pk: _named(act) for act in acts if act.what in WITH_LINES}
    moves = Move.objects.select_related("product").in_bulk(
        {key for said in named.values() for key in said}
    )
    return [ToldAct(act, _lines(act, named.get(act.pk, {}), moves)) for act in acts]


def _lines(
    act: StopAction, named: Mapping[int, SaidLine], moves: Mapping[int, Move]
) -> list[SaidLine]:
    """Return the goods of an act: of a delivery also what was handed over whole, by its silence."""
    said = {key: replace(one, move=moves.get(key)) for key, one in named.items()}
    if act.what == What.DELIVERED and act.job:
        whole = {move.pk: SaidLine(move, brought(move)) for move in moves_of(act.job)}
        said = {**whole, **said}
    return list(said.values())


def _named(act: StopAction) -> dict[int, SaidLine]:
    """Return what the act says of moves, by their keys; what can be no line is left out."""
    lines = act.details.get("lines")
    found = {}
    for one in lines if isinstance(lines, list) else ():
        said = one if isinstance(one, dict) else {}
        move, quantity = figure_said(said.get("move")), figure_said(said.get("quantity"))
        if move is not None and quantity is not None:
            reason = str(said.get("reason") or "")
            found[int(move)] = SaidLine(None, quantity, reason, figure_said(said.get("of")))
    return found


def figure_said(said: Any) -> Decimal | None:
    """Return what was said as a number; ``None``: it is none, or of no size for goods or money."""
    try:
        figure = Decimal(str(said))
        is_one = 0 <= figure < MOST_FIGURE
    except ArithmeticError:
        return None
    return figure if is_one else None
