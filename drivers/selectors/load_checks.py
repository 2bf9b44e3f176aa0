"""What lies on the trucks otherwise than was ordered, as their drivers found it in the yard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from drivers.selectors.done import Done
from drivers.selectors.told_acts import figure_said
from odoo_bridge.models import Move
from portal.audit.models import AuditRow
from scheduling.models import Job, Run, Stop
from scheduling.selectors.jobs import brought


@dataclass(frozen=True)
class LoadedLine:
    """So much of a product instead of that.

    ``has_left``: the office has put it on another run since, or on none.
    """

    product: str
    quantity: Decimal
    wanted: Decimal
    unit: str
    has_left: bool = False


@dataclass(frozen=True)
class LoadCheck:
    """A run's load where it is another one, or its driver had something to say of it."""

    run_id: int
    lines: list[LoadedLine]
    note: str


def odd_loads(done: Sequence[Done]) -> list[LoadCheck]:
    """Return the last load check of each run that differs; one query."""
    checks = [one for one in done if one.loaded.get("lines") or one.loaded.get("note")]
    keys = {line["move"] for one in checks for line in one.loaded.get("lines") or ()}
    moves = Move.objects.select_related("product", "picking__job__stop").in_bulk(keys)
    left = {(one.run_id, one.job_id) for one in done if one.was_left}
    return [
        LoadCheck(one.run_id, list(_lines(one, moves, left)), one.loaded.get("note", ""))
        for one in checks
    ]


def _lines(
    one: Done, moves: Mapping[int, Move], left: Set[tuple[int, int | None]]
) -> Iterable[LoadedLine]:
    for line in one.loaded.get("lines") or ():
        move = moves.get(line["move"])
        if move and move.product:
            product = move.product
            quantity = Decimal(str(line["quantity"]))
            job: Job | None = getattr(move.picking, "job", None)
            was_left = (one.run_id, job.pk if job else None) in left
            has_left = not was_left and _run_of(job) != one.run_id
            of = figure_said(line.get("of"))
            wanted = brought(move) if of is None else of
            yield LoadedLine(product.name, quantity, wanted, product.unit, has_left)


def _run_of(job: Job | None) -> int | None:
    """Return the run that it is on; ``None``: on none."""
    stop: Stop | None = getattr(job, "stop", None)
    return stop.run_id if stop else None


def elsewhere_now(run: Run, moves: Set[int]) -> Set[int]:
    """Return those of the moves that none of the run's stops brings; one query."""
    here = Move.objects.filter(pk__in=moves, picking__job__stop__run=run)
    return moves - set(here.values_list("pk", flat=True))


def never_on(run: Run, moves: Set[int]) -> Set[int]:
    """Return those of which no part of their order was ever on the run, by the audit trail.

    The part that brings a move now may be another one: loads are split and merged. Two queries.
    """
    if not moves:
        return moves
    parts: defaultdict[int, set[str]] = defaultdict(set)
    jobs = Job.objects.filter(picking__moves__in=moves)
    named = jobs.values_list("picking__moves", "uuid", "order__jobs__uuid")
    for move, own, part in named:
        parts[move] |= {str(own), str(part)}
    been = AuditRow.objects.filter(
        Q(old__run=run.pk) | Q(new__run=run.pk),
        target_type=Job._meta.label_lower,
        target_id__in={part for those in parts.values() for part in those},
    )
    known = set(been.values_list("target_id", flat=True))
    return {move for move in moves if not known & parts[move]}
