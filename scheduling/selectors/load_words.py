"""Problems of loads, in a sentence for the dispatcher."""

from decimal import ROUND_UP, Decimal
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.templatetags.figures import quantity
from scheduling.loading.problems import Kind, Problem

KILOS, CUBES, METRES = ("kg", Decimal(1)), ("m³", Decimal("0.01")), ("m", Decimal("0.01"))
UNITS = {
    Kind.OVERWEIGHT: KILOS,
    Kind.OVERVOLUME: CUBES,
    Kind.TOO_WIDE: METRES,
    Kind.TOO_HIGH: METRES,
    Kind.TOO_HEAVY: KILOS,
}


def sentence_of(problem: Problem, *, truck: str) -> str:
    """Return what is wrong with the load of a truck, or with the truck at a place."""
    words = {"truck": truck, "goods": _listed(problem.materials)}
    if problem.kind in {Kind.OVERWEIGHT, Kind.OVERVOLUME}:
        return _too_much(problem) % {**words, **_figures(problem)}
    if problem.kind in {Kind.TOO_WIDE, Kind.TOO_HIGH, Kind.TOO_HEAVY}:
        return _too_large(problem) % {**words, **_figures(problem)}
    return _misplaced(problem) % words


def _too_much(problem: Problem) -> str:
    if problem.share is not None:
        said = _shared(problem)
    elif problem.materials:
        said = _("%(over)s over the %(most)s that %(truck)s may carry of %(goods)s")
    else:
        said = _("%(over)s over the %(most)s that %(truck)s may carry")
    trips = ngettext(
        "%(said)s: it needs at least %(trips)s trip of %(truck)s.",
        "%(said)s: it needs at least %(trips)s trips of %(truck)s.",
        problem.trips or 1,
    )
    return trips.replace("%(said)s", said)


def _shared(problem: Problem) -> str:
    if problem.kind == Kind.OVERWEIGHT:
        if problem.materials:
            return _("%(goods)s weigh %(percent)s %% of what %(truck)s may carry of them")
        return _("The load weighs %(percent)s %% of what %(truck)s may carry of it")
    if problem.materials:
        return _("%(goods)s fill %(percent)s %% of what %(truck)s holds of them")
    return _("The load fills %(percent)s %% of what %(truck)s holds of it")


def _too_large(problem: Problem) -> str:
    if problem.amount is None:
        return {
            Kind.TOO_WIDE: _("Trucks up to %(most)s wide get in; how wide is %(truck)s?"),
            Kind.TOO_HIGH: _("Trucks up to %(most)s high get in; how high is %(truck)s?"),
            Kind.TOO_HEAVY: _("Up to %(most)s with the load get in; how heavy is %(truck)s empty?"),
        }[problem.kind]
    return {
        Kind.TOO_WIDE: _("%(truck)s is %(amount)s wide; trucks up to %(most)s get in."),
        Kind.TOO_HIGH: _("%(truck)s is %(amount)s high; trucks up to %(most)s get in."),
        Kind.TOO_HEAVY: _("%(truck)s with its load has %(amount)s; up to %(most)s get in."),
    }[problem.kind]


def _misplaced(problem: Problem) -> str:
    return {
        Kind.CLASH: _("%(goods)s may not share a bed."),
        Kind.NOT_APART: _(
            "%(goods)s may not share a bed, and the compartments of %(truck)s "
            "cannot keep them apart."
        ),
        Kind.NO_COMPARTMENT: _("The load does not fit the compartments of %(truck)s."),
        Kind.UNSURE: _(
            "There are too many ways to place this in the compartments of %(truck)s: "
            "see for yourself whether it fits."
        ),
    }[problem.kind]


def _figures(problem: Problem) -> dict[str, str | int | None]:
    """Return the figures with their units, what is too much rounded up so that it shows."""
    unit, step = UNITS[problem.kind]
    numbers = {"over": problem.over, "amount": problem.amount, "most": problem.most}
    figures = {
        name: f"{quantity(number.quantize(step, ROUND_UP))}\u00a0{unit}"
        for name, number in numbers.items()
        if number is not None
    }
    return {**figures, "trips": problem.trips, "percent": ceil(100 * (problem.share or 0))}


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
