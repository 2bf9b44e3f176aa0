"""When a customer takes a delivery."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.forms.window import WindowForm
from scheduling.models import Job
from scheduling.services.set_window import set_window
from scheduling.views.board import MAY_PLAN, after_change, here_of, words_of

JOBS = Job.objects.select_related(*Job.OF_A_NAME)


@require_GET
@allow(*MAY_PLAN)
def window_form(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Ask when the job is taken."""
    job = get_object_or_404(JOBS, pk=job_id)
    context = {"job": job, "window_form": WindowForm.of(job), "here": here_of(request)}
    return render_page_or_partial(
        request, "scheduling/window.html", "scheduling/_window_form.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def window(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Keep when the job is taken."""
    job = get_object_or_404(JOBS, pk=job_id)
    form = WindowForm(request.POST)
    if not form.is_valid():
        return _refuse(request, job, words_of(form))
    try:
        was = form.cleaned_data["was"]
        set_window(job_id=job_id, was=was, window=form.window, by=request.user)
    except UserFacingError as refusal:
        return _refuse(request, job, str(refusal))
    return after_change(request)


def _refuse(request: SignedInRequest, job: Job, refusal: str) -> HttpResponse:
    """Answer 422 with the dialog as it was sent, and why it is refused."""
    form = WindowForm.of(JOBS.get(pk=job.pk), request.POST)
    context: dict[str, Any] = {"job": job, "window_form": form, "refusal": refusal}
    if request.htmx:
        return after_change(request, **context)
    context["here"] = here_of(request)
    return render(request, "scheduling/window.html", context, status=422)
