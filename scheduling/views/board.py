"""``/board/``: a day's runs beside what is to be scheduled."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import is_whole_page
from scheduling.forms.day import DayForm
from scheduling.forms.pool import PoolForm
from scheduling.selectors.pool import PAGE, views_of
from scheduling.selectors.week import monday_of
from scheduling.views.day_part import day_part

MAY_PLAN = (Role.OFFICE, Role.ADMIN)
# What says itself what is wrong.
DIALOGS = {"form", "run_form", "window_form", "notice_form", "split_form"}
ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def board(request: SignedInRequest) -> HttpResponse:
    """Show the day; what others change appears by itself."""
    page = about(request)
    if is_whole_page(request):
        answer = render(request, "scheduling/board.html", page)
    else:
        answer = HttpResponse(page["shown_day"])
    patch_vary_headers(answer, ("HX-Request",))
    return answer


def after_change(
    request: SignedInRequest, *, refusal: str = "", outcome: str = "", **more: Any
) -> HttpResponse:
    """Answer with the outcome; 422 when it was refused. The page then reads its day anew.

    Without JavaScript, what worked leads back to the board, and a refusal shows it.
    """
    if not request.htmx and not refusal:
        if outcome:
            messages.success(request, outcome)
        return redirect(f"{reverse('scheduling:board')}?{here_of(request)}")
    words = {"refusal": refusal, "outcome": outcome, "in_dialog": bool(more.keys() & DIALOGS)}
    status = 422 if refusal else 200
    if not request.htmx:
        page = {**about(request), **words, **more}
        return render(request, "scheduling/board.html", page, status=status)
    around = {"day": shown_day(request), "here": here_of(request), **words, **more}
    return render(request, "scheduling/after_change.html", around, status=status)


def about(request: SignedInRequest) -> dict[str, Any]:
    """Return what the board's page says of the day in the address."""
    day, is_week = shown_day(request), shows_week(request)
    step = ONE_WEEK if is_week else ONE_DAY
    page = {
        "pool_form": PoolForm.of(request),
        "pool_views": views_of(request.user.pk),
        "here": here_of(request),
        "day": day,
        "today": timezone.localdate(),
        "week": is_week,
        "monday": monday_of(day),
        "before": day - step,
        "after": day + step,
        "may_plan": request.user.role in MAY_PLAN,
    }
    return {**page, "shown_day": day_part(request, page)}


def here_of(request: SignedInRequest) -> str:
    """Return the day, the search and the filters as an address says them."""
    pool, here = PoolForm.of(request), {"day": str(shown_day(request))}
    if shows_week(request):
        here["span"] = "week"
    if pool.shown != PAGE:
        here["most"] = str(pool.shown)
    return urlencode(here) + (f"&{pool.query}" if pool.query else "")


def shows_week(request: SignedInRequest) -> bool:
    """Say whether the week of the day is asked for, in the address or beside what was sent."""
    return "week" in {request.GET.get("span"), request.POST.get("span")}


def shown_day(request: SignedInRequest) -> dt.date:
    """Return the day in the address."""
    return DayForm.day_of(request.GET, today=timezone.localdate())


def words_of(form: Any) -> str:
    """Return what is wrong with a form, field by field, in one line."""
    return " ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items())
