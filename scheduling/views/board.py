"""``/board/``: a day's runs beside what is to be scheduled."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.http import render_page_or_partial
from scheduling.forms.day import DayForm
from scheduling.forms.pool import PoolForm
from scheduling.selectors.board import board_of
from scheduling.selectors.late import late_days
from scheduling.selectors.pool import PAGE, views_of
from scheduling.selectors.week import monday_of, week_of

MAY_PLAN = (Role.OFFICE, Role.ADMIN)
DIALOGS = {"form", "run_form", "window_form", "notice_form"}  # what says itself what is wrong
ONE_DAY, ONE_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@require_GET
@allow(*MAY_PLAN, Role.DIRECTOR)
def board(request: SignedInRequest) -> HttpResponse:
    """Show the day; what others change appears by itself."""
    return render_page_or_partial(
        request, "scheduling/board.html", "scheduling/_day.html", context_of(request)
    )


def after_change(
    request: SignedInRequest, *, refusal: str = "", outcome: str = "", **more: Any
) -> HttpResponse:
    """Answer with the day as it is now and the outcome; 422 when it was refused.

    Without JavaScript, what worked leads back to the board, and a refusal shows it.
    """
    if not request.htmx and not refusal:
        if outcome:
            messages.success(request, outcome)
        return redirect(f"{reverse('scheduling:board')}?{here_of(request)}")
    return render_page_or_partial(
        request,
        "scheduling/board.html",
        "scheduling/after_change.html",
        {
            **context_of(request),
            "refusal": refusal,
            "outcome": outcome,
            "in_dialog": bool(more.keys() & DIALOGS),
            **more,
        },
        status=422 if refusal else 200,
    )


def context_of(request: SignedInRequest) -> dict[str, Any]:
    """Return what the board's page says of the day in the address."""
    day, today = shown_day(request), timezone.localdate()
    late = late_days(today=today) if day == today else []
    pool, is_week = PoolForm.of(request), shows_week(request)
    show = week_of if is_week else board_of
    shown = show(day=day, wanted=pool.filter, most=pool.shown)
    step = ONE_WEEK if is_week else ONE_DAY
    return {
        "board": shown,
        "week": shown if is_week else None,
        "span": "week" if is_week else "",
        "monday": monday_of(day),
        "pool_form": pool,
        "pool_views": views_of(request.user.pk),
        "here": here_of(request),
        "late": late,
        "late_number": sum(len(one.stops) for one in late),
        "day": day,
        "today": today,
        "before": day - step,
        "after": day + step,
        "may_plan": request.user.role in MAY_PLAN,
    }


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
