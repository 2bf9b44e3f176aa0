"""Splitting a load over two trucks, and merging its parts again."""

import re
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.move import SEEN
from scheduling.forms.split import SplitForm
from scheduling.models import Job
from scheduling.selectors.parts import job_to_split, lines_of, others_of, room_for
from scheduling.services.lock_job import Seen
from scheduling.services.merge_jobs import merge_jobs
from scheduling.services.split_job import split_job
from scheduling.views.board import MAY_PLAN, after_change, here_of, words_of


@require_GET
@allow(*MAY_PLAN)
def split_form(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Ask how much goes on the second part, and offer to merge what was split."""
    context = {**_context(_job(job_id)), "here": here_of(request)}
    return render_page_or_partial(
        request, "scheduling/split.html", "scheduling/_split_form.html", context
    )


@require_GET
@allow(*MAY_PLAN)
def sums(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Say what both parts weigh and fill with the quantities that are typed so far."""
    context = {**_context(_job(job_id), request.GET), "here": here_of(request)}
    return render_page_or_partial(
        request, "scheduling/split.html", "scheduling/_split_sums.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def split(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Split the load."""
    job = _job(job_id)
    form = SplitForm(lines=lines_of(job), room=None, data=request.POST)
    if not form.is_valid():
        return _refuse(request, job_id, words_of(form))
    try:
        seen = Seen(job_id, form.cleaned_data["seen"])
        split_job(seen=seen, leaves=form.leaves, by=request.user)
    except UserFacingError as refusal:
        return _refuse(request, job_id, str(refusal))
    name = job.name
    return after_change(request, outcome=f"{name} is split: its new part is to be scheduled.")


@require_POST
@allow(*MAY_PLAN)
def merge(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Merge two parts of a load; each is named as ``SEEN`` reads it."""
    job = _job(job_id)
    one, other = (_seen(request.POST.get(name, "")) for name in ("this", "other"))
    if one.job_id != job_id:
        raise Http404("No such part.")
    try:
        merge_jobs(one=one, other=other, by=request.user)
    except UserFacingError as refusal:
        return _refuse(request, job_id, str(refusal))
    return after_change(request, outcome=f"{job.name}: the two loads are one again.")


def _job(job_id: int) -> Job:
    job = job_to_split(job_id)
    if job is None:
        raise Http404("No such job.")
    return job


def _seen(text: str) -> Seen:
    found: re.Match[str] | None = SEEN.fullmatch(text)
    if found is None or not Job.objects.filter(pk=int(found[1])).exists():
        raise Http404("No such part.")
    return Seen(int(found[1]), int(found[2]))


def _context(job: Job, asked: Any = None) -> dict[str, Any]:
    form = SplitForm.of(job, lines_of(job), room_for(job), asked)
    return {"job": job, "split_form": form, "others": others_of(job)}


def _refuse(request: SignedInRequest, job_id: int, refusal: str) -> HttpResponse:
    """Answer 422 with the dialog as it was sent, and why it is refused."""
    asked = request.POST if "seen" in request.POST else None
    context = {**_context(_job(job_id), asked), "refusal": refusal}
    if request.htmx:
        return after_change(request, **context)
    context["here"] = here_of(request)
    return render(request, "scheduling/split.html", context, status=422)
