"""``/calendar/``: what is delivered, made and received, by month, week and day."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role, User
from portal.core.http import render_page_or_partial
from scheduling.forms.calendar import VIEWS, Asked, CalendarForm, SpanForm
from scheduling.selectors.calendar import agenda_of, capacity_within, entries_within, rows_of
from scheduling.selectors.calendar_entry import Kind
from scheduling.views.board import MAY_PLAN
from scheduling.views.calendar_json import as_json
from scheduling.views.productions import MAY_MAKE
from scheduling.views.purchases import MAY_BUY

MAY_READ = (Role.OFFICE, Role.ADMIN, Role.DIRECTOR, Role.PRODUCTION)
MAY_MOVE: Mapping[Kind, tuple[Role, ...]] = {
    Kind.DELIVERY: MAY_PLAN,
    Kind.PICKUP: MAY_PLAN,
    Kind.PRODUCTION: MAY_MAKE,
    Kind.RECEIPT: MAY_BUY,
}
MAY_OPEN = {kind: (*roles, Role.DIRECTOR) for kind, roles in MAY_MOVE.items()}  # its page


@require_GET
@allow(*MAY_READ)
def calendar(request: SignedInRequest) -> HttpResponse:
    """Show the days as a list; the script draws them above it. Both follow what others do."""
    return render_page_or_partial(
        request, "scheduling/calendar.html", "scheduling/_calendar.html", context_of(request)
    )


@require_GET
@allow(*MAY_READ)
def entries(request: SignedInRequest) -> HttpResponse:
    """Answer ``{"entries": […], "rows": […], "is_cut": bool}``; 422 with words for nonsense."""
    form = SpanForm(request.GET)
    if not form.is_valid():
        words = [error for errors in form.errors.values() for error in errors]
        return JsonResponse({"refusal": " ".join(map(str, words))}, status=422)
    found = entries_within(form.days, kinds=form.kinds_wanted, now=timezone.now())
    may_move = kinds_for(request.user, MAY_MOVE)
    return JsonResponse(
        {
            "entries": [as_json(one, may_move=one.kind in may_move) for one in found.entries],
            "rows": [{"id": row.key, "title": row.name} for row in rows_of(found.entries)],
            "is_cut": found.is_cut,
        }
    )


def context_of(request: SignedInRequest) -> dict[str, Any]:
    """Return what the page says of the days in the address."""
    now, today = timezone.now(), timezone.localdate()
    asked = asked_by(request)
    return {
        "asked": asked,
        "here": asked.query(),
        "views": [(name, words, asked.query(view=name)) for name, words in VIEWS],
        "before": asked.query(day=asked.before),
        "after": asked.query(day=asked.after),
        "now": asked.query(day=today),
        "kinds": list(Kind),
        "agenda": agenda_of(asked.days, kinds=asked.kinds, now=now),
        "capacity": capacity_within(asked.days, today=today) if _shows_making(asked) else [],
        "offset": timezone.localtime(now).isoformat()[-6:],
        "today": today,
        "may_open": kinds_for(request.user, MAY_OPEN),
        "may_move": kinds_for(request.user, MAY_MOVE),
    }


def asked_by(request: SignedInRequest) -> Asked:
    """Return what the address asks for."""
    return CalendarForm.asked(request.GET, today=timezone.localdate())


def kinds_for(person: User, rules: Mapping[Kind, tuple[Role, ...]]) -> set[Kind]:
    """Return the kinds of work whose rule names the person's role."""
    return {kind for kind, roles in rules.items() if person.role in roles}


def _shows_making(asked: Asked) -> bool:
    return Kind.PRODUCTION in asked.kinds
