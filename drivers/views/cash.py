"""``/cash/``: from the driver's hand over the office to the bank."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.cash import CountForm, DepositForm
from drivers.selectors.cash import cash_page
from drivers.services.count_hand_in import count_hand_in
from drivers.services.make_deposit import make_deposit
from drivers.services.take_back_hand_in import take_back_hand_in
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial

MAY_COUNT = (Role.OFFICE, Role.ADMIN)


@require_GET
@allow(*MAY_COUNT, Role.DIRECTOR)
def cash(request: SignedInRequest) -> HttpResponse:
    """Show it."""
    return show(request)


@require_POST
@allow(*MAY_COUNT)
def count(request: SignedInRequest, person_id: int, currency: int) -> HttpResponse:
    """Take over what a driver hands in."""
    key = f"{person_id}-{currency}"
    form = CountForm(request.POST, auto_id=f"count-{key}-%s")
    if form.is_valid():
        try:
            count_hand_in(form.count(driver_id=person_id, currency=currency), by=request.user)
        except UserFacingError as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return show(request, counting=(key, form))
    return done(request, _("The money is counted. It is to be deposited."))


@require_POST
@allow(*MAY_COUNT)
def take_back(request: SignedInRequest, hand_in: UUID) -> HttpResponse:
    """Let a count be none."""
    try:
        take_back_hand_in(key=hand_in, by=request.user)
    except UserFacingError as refusal:
        return show(request, refusal=str(refusal))
    return done(request, _("The count is taken back. The money is the driver's to hand in."))


@require_POST
@allow(*MAY_COUNT)
def deposit(request: SignedInRequest, currency: int) -> HttpResponse:
    """Note what was brought to the bank."""
    form = DepositForm(request.POST, auto_id=f"deposit-{currency}-%s")
    if form.is_valid():
        try:
            make_deposit(form.slip(currency=currency), by=request.user)
        except UserFacingError as refusal:
            form.add_error(None, str(refusal))
    if form.errors:
        return show(request, depositing=(currency, form))
    return done(request, _("The deposit is noted."))


def done(request: SignedInRequest, outcome: str) -> HttpResponse:
    """Answer what was done."""
    if request.htmx:
        return show(request, outcome=outcome)
    messages.success(request, outcome)
    return redirect("drivers:cash")


def show(
    request: SignedInRequest,
    *,
    counting: tuple[str, CountForm] | None = None,
    depositing: tuple[int, DepositForm] | None = None,
    refusal: str = "",
    outcome: str = "",
) -> HttpResponse:
    """Render the page; 422 with a form that is not right, or above it where that is gone."""
    page = cash_page(today=timezone.localdate())
    purses = {one.key: (one, CountForm.of(one)) for one in page.purses}
    safes = {one.currency: (one, DepositForm.of(one)) for one in page.safes}
    for sent, listed in ((counting, purses), (depositing, safes)):
        refusal = put_back(sent, listed) or refusal
    context: dict[str, Any] = {
        "page": page,
        "purses": purses.values(),
        "safes": safes.values(),
        "may_count": request.user.role in MAY_COUNT,
        "refusal": refusal,
        "outcome": outcome,
    }
    return render_page_or_partial(
        request,
        "drivers/cash.html",
        "drivers/_cash.html",
        context,
        status=422 if refusal or counting or depositing else 200,
    )


def put_back(sent: tuple[Any, Any] | None, listed: dict[Any, tuple[Any, Any]]) -> str:
    """Put a form that was refused in its place; return its words where that is gone."""
    if sent is None:
        return ""
    key, form = sent
    if key not in listed:
        return " ".join(form.non_field_errors()) or _("This has changed meanwhile.")
    listed[key] = (listed[key][0], form)
    return ""
