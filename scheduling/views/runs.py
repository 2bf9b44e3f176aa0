"""A truck's trips of a day: who drives, from when till when, how many, and locked or not."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.run import DriverForm, HoursForm, LockForm, RunForm
from scheduling.selectors.trips import Trip, trip_of
from scheduling.services.add_trip import add_trip
from scheduling.services.assign_driver import assign_driver
from scheduling.services.change_run_hours import change_run_hours
from scheduling.services.remove_trip import remove_trip
from scheduling.services.set_lock import set_run_lock
from scheduling.views.board import MAY_PLAN, after_change, here_of, words_of


@require_GET
@allow(*MAY_PLAN)
def run_form(request: SignedInRequest) -> HttpResponse:
    """Ask what shall change of a trip: its hours, its lock, one more, or one less."""
    asked = RunForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such trip.")
    context = {**_about(trip_of(**_where(asked))), "here": here_of(request)}
    return render_page_or_partial(
        request, "scheduling/run.html", "scheduling/_run_form.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def driver(request: SignedInRequest) -> HttpResponse:
    """Give a trip to a driver."""
    return _change(request, DriverForm(request.POST), _assign)


@require_POST
@allow(*MAY_PLAN)
def hours(request: SignedInRequest) -> HttpResponse:
    """Say when a trip begins and ends."""
    form = HoursForm(request.POST)
    if form.is_valid():
        return _change(request, form, _set_hours)
    asked = RunForm(request.POST)
    if not asked.is_valid():
        return after_change(request, refusal=words_of(form))
    return _refuse(request, asked, words_of(form), form)


@require_POST
@allow(*MAY_PLAN)
def another_trip(request: SignedInRequest) -> HttpResponse:
    """Let the truck go out once more."""
    return _change(request, RunForm(request.POST), _add)


@require_POST
@allow(*MAY_PLAN)
def one_trip_less(request: SignedInRequest) -> HttpResponse:
    """Take back a trip that was added."""
    return _change(request, RunForm(request.POST), _remove)


@require_POST
@allow(*MAY_PLAN)
def lock(request: SignedInRequest) -> HttpResponse:
    """Lock a trip, or free it."""
    return _change(request, LockForm(request.POST), _lock)


def _change(request: SignedInRequest, form: RunForm, act: Callable[..., str]) -> HttpResponse:
    if not form.is_valid():
        return after_change(request, refusal=words_of(form))
    try:
        outcome = act(form.cleaned_data, _where(form), request.user)
    except UserFacingError as refusal:
        if isinstance(form, DriverForm):  # it is no dialog
            return after_change(request, refusal=str(refusal))
        hours = HoursForm(request.POST) if isinstance(form, HoursForm) else None
        return _refuse(request, form, str(refusal), hours)
    return after_change(request, outcome=outcome)


def _refuse(
    request: SignedInRequest, form: RunForm, refusal: str, hours: HoursForm | None
) -> HttpResponse:
    """Answer 422 with the dialog as it was sent, and why it is refused."""
    context = {**_about(trip_of(**_where(form)), hours), "refusal": refusal}
    if request.htmx:
        return after_change(request, **context)
    context["here"] = here_of(request)
    return render(request, "scheduling/run.html", context, status=422)


def _assign(asked: dict[str, Any], where: dict[str, Any], by: Any) -> str:
    who = asked["driver"]
    assign_driver(**where, driver_id=who and who.pk, by=by)
    return f"{who or 'Nobody'} drives {asked['truck']}."


def _set_hours(asked: dict[str, Any], where: dict[str, Any], by: Any) -> str:
    run = change_run_hours(**where, hours=(asked["starts"], asked["ends"]), by=by)
    return f"{run.truck} is out from {asked['starts']:%H:%M} to {asked['ends']:%H:%M}."


def _add(asked: dict[str, Any], where: dict[str, Any], by: Any) -> str:
    run = add_trip(truck_id=where["truck_id"], day=where["day"], behind=where["trip"], by=by)
    return f"{run.truck} goes out {run.trip} times on {run.day:%-d %b}."


def _remove(asked: dict[str, Any], where: dict[str, Any], by: Any) -> str:
    remove_trip(**where, by=by)
    return f"Trip {where['trip']} of {asked['truck']} is gone."


def _lock(asked: dict[str, Any], where: dict[str, Any], by: Any) -> str:
    set_run_lock(**where, locked=asked["locked"], by=by)
    return f"{asked['truck']} is {'locked' if asked['locked'] else 'free to change'}."


def _where(form: RunForm) -> dict[str, Any]:
    asked = form.cleaned_data
    return {"truck_id": asked["truck"].pk, "day": asked["day"], "trip": asked["trip"]}


def _about(trip: Trip, form: HoursForm | None = None) -> dict[str, Any]:
    first = {"starts": trip.starts_at, "ends": trip.ends_at}
    where = {"truck": trip.truck.pk, "day": trip.day, "trip": trip.number}
    return {"trip": trip, "run_form": form or HoursForm(initial={**where, **first})}
