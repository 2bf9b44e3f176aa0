"""Telling a customer when the delivery comes."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from crm_intake.gate.decision import Verdict, reason_of
from crm_intake.models import OutgoingText
from portal.accounts.access import SignedInRequest, allow
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from portal.core.templatetags.figures import moment
from scheduling.forms.notice import NoticeForm
from scheduling.models import Job
from scheduling.selectors.notices import Notice, notice_of
from scheduling.services.tell_customer import tell_customer
from scheduling.views.board import MAY_PLAN, after_change, here_of, words_of

JOBS = Job.objects.select_related(*Job.OF_A_NAME, "stop__run__truck__vehicle")


@require_GET
@allow(*MAY_PLAN)
def notice_form(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Show the text that the customer would get, and what the gate says of it."""
    notice = notice_of(get_object_or_404(JOBS, pk=job_id))
    context = {**_about(notice, NoticeForm.of(notice)), "here": here_of(request)}
    return render_page_or_partial(
        request, "scheduling/notice.html", "scheduling/_notice_form.html", context
    )


@require_POST
@allow(*MAY_PLAN)
def tell(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Send it."""
    job, form = get_object_or_404(JOBS, pk=job_id), NoticeForm(request.POST)
    if not form.is_valid():
        return _refuse(request, job, words_of(form))
    try:
        sent = tell_customer(job_id=job_id, by=request.user, **form.cleaned_data)
    except UserFacingError as refusal:
        return _refuse(request, JOBS.get(pk=job_id), str(refusal))
    who = job.customer.shown_name if job.customer else job.name
    return after_change(request, outcome=f"{who} gets the text {_when(sent)}")


def _refuse(request: SignedInRequest, job: Job, refusal: str) -> HttpResponse:
    """Answer 422 with what was written, and why it was not sent."""
    notice = notice_of(job)
    context = {**_about(notice, NoticeForm.of(notice, request.POST)), "refusal": refusal}
    context["written"] = request.POST.get("text", "")
    if request.htmx:
        return after_change(request, **context)
    context["here"] = here_of(request)
    return render(request, "scheduling/notice.html", context, status=422)


def _when(sent: OutgoingText) -> str:
    if sent.not_before is None:
        return "now."
    return f"at {moment(sent.not_before)}: {reason_of(sent.rule)}"


def _about(notice: Notice, form: NoticeForm) -> dict[str, Any]:
    decision = notice.decision
    said = reason_of(decision.rule) if decision and decision.verdict != Verdict.ALLOW else ""
    return {"notice": notice, "job": notice.job, "notice_form": form, "gate_says": said}
