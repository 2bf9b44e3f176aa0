"""Moving jobs: by dragging, by the dialog, back, and again."""

import re
from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.errors import NothingMarked
from scheduling.forms.move import MoveForm
from scheduling.models import Job
from scheduling.services.lock_job import Seen
from scheduling.services.move_jobs import MOST, move_jobs
from scheduling.services.plan_job import Moved
from scheduling.services.repeat_step import redo_move, undo_move
from scheduling.services.set_lock import set_stop_lock
from scheduling.views.board import MAY_PLAN, after_change, here_of, shown_day, words_of

NUMBER = re.compile(r"\d{1,18}", re.ASCII)
JOBS = Job.objects.select_related(*Job.OF_A_NAME, "stop__run__truck__vehicle")


@require_GET
@allow(*MAY_PLAN)
def move_form(request: SignedInRequest) -> HttpResponse:
    """Ask where jobs shall go: what dragging does, for the keyboard."""
    asked = [int(one) for one in request.GET.getlist("job") if NUMBER.fullmatch(one)]
    if not asked:
        raise NothingMarked(_("Mark the jobs that shall move first."))
    jobs, day = _jobs(asked[:MOST]), shown_day(request)
    form, here = MoveForm.of(jobs, day=day), here_of(request)
    context = {"jobs": jobs, "form": form, "day": day, "here": here}
    context["left_out"] = len(asked[MOST:])
    return render_page_or_partial(
        request, "scheduling/move.html", "scheduling/_move_form.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def move(request: SignedInRequest) -> HttpResponse:
    """Put jobs on a truck's trip, or back among those to schedule."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return refuse(request, form.cleaned_data.get("job", []), words_of(form))
    jobs = form.cleaned_data["job"]
    _jobs([one.job_id for one in jobs])
    try:
        moved = move_jobs(jobs=jobs, spot=form.spot, by=request.user)
    except UserFacingError as refusal:
        return refuse(request, jobs, str(refusal))
    return after_change(request, outcome=words_for(moved), moved=moved)


@require_POST
@allow(*MAY_PLAN)
def undo(request: SignedInRequest) -> HttpResponse:
    """Take back what this person moved last."""
    return _step(request, undo_move)


@require_POST
@allow(*MAY_PLAN)
def redo(request: SignedInRequest) -> HttpResponse:
    """Do again what this person took back last."""
    return _step(request, redo_move)


@require_POST
@allow(*MAY_PLAN)
def lock_stop(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Lock a stop on its run, or free it."""
    [job] = _jobs([job_id])
    try:
        set_stop_lock(job_id=job.pk, locked=bool(request.POST.get("locked")), by=request.user)
    except UserFacingError as refusal:
        return after_change(request, refusal=str(refusal))
    return after_change(request)


def refuse(request: SignedInRequest, seen: Sequence[Seen], refusal: str) -> HttpResponse:
    """Answer 422: in the dialog when it asked, with what was typed; else above the board."""
    if not request.POST.get("in_dialog") or not seen:
        return after_change(request, refusal=refusal)
    jobs, day = _jobs([one.job_id for one in seen]), shown_day(request)
    form = MoveForm.of(jobs, day=day, asked=request.POST)
    if request.htmx:
        return after_change(request, refusal=refusal, jobs=jobs, form=form)
    context = {"jobs": jobs, "form": form, "day": day, "refusal": refusal}
    context["here"] = here_of(request)
    return render(request, "scheduling/move.html", context, status=422)


def words_for(moved: Sequence[Moved]) -> str:
    """Say where the jobs are now; nothing when they were there before."""
    changed = [one for one in moved if one.changed]
    if not changed:
        return ""
    first, is_one = changed[0], len(changed) == 1
    name = first.job.name if is_one else f"{len(changed)} jobs"
    verb = "is" if is_one else "are"
    if len({one.run and one.run.pk for one in changed}) > 1:
        return f"{name} {verb} back where they were."
    if first.run is not None:
        trip = f", trip {first.run.trip}" if first.run.trip > 1 else ""
        return f"{name} {verb} on {first.run.truck}, {first.run.day:%-d %b}{trip}."
    still_open = any(one.job.is_open for one in changed)
    return f"{name} {verb} to be scheduled again." if still_open else f"{name} {verb} off the run."


def _step(request: SignedInRequest, way: Callable[..., list[Moved]]) -> HttpResponse:
    try:
        moved = way(by=request.user)
    except UserFacingError as refusal:
        return after_change(request, refusal=str(refusal))
    return after_change(request, outcome=words_for(moved), moved=moved)


def _jobs(numbers: Sequence[int]) -> list[Job]:
    """Return these jobs in this order; 404 when one is not there, or none is asked for."""
    found = JOBS.in_bulk(set(numbers))
    if not numbers or len(found) < len(set(numbers)):
        raise Http404("No such job.")
    return [found[number] for number in dict.fromkeys(numbers)]
