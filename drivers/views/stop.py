"""One stop: where, what, how much; handing over; the money."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.acts import ActForm, MoneyForm
from drivers.selectors.navigation import way_to
from drivers.selectors.run import OwnStop, own_stop
from drivers.services.act_once import Tap
from drivers.services.collect_money import collect_money
from drivers.services.deliver_stop import deliver_stop
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from scheduling.models import Run


@require_GET
@allow(Role.DRIVER)
def stop(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """Show one stop with the next thing to do."""
    own = found(request, stop_uuid)
    return show(request, own) if own else gone(request)


@require_POST
@allow(Role.DRIVER)
def delivered(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """The goods are handed over."""
    own, form = found(request, stop_uuid), ActForm(request.POST)
    if own is None:
        return gone(request)
    if not form.is_valid():
        return show(request, own, refusal="That tap was not understood. Tap again.")
    try:
        deliver_stop(stop_id=own.stop_id, tap=tap_of(request, form))
    except UserFacingError as refusal:
        return show(request, own, refusal=str(refusal))
    return redirect("drivers:stop", stop_uuid)


@require_POST
@allow(Role.DRIVER)
def collected(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """Cash was taken."""
    own, form = found(request, stop_uuid), MoneyForm(request.POST)
    if own is None:
        return gone(request)
    if not form.is_valid():
        return show(request, own, money=form)
    amount = form.cleaned_data["amount"]
    try:
        collect_money(stop_id=own.stop_id, amount=amount, tap=tap_of(request, form))
    except UserFacingError as refusal:
        form.add_error("amount", str(refusal))
        return show(request, own, money=form)
    return redirect("drivers:stop", stop_uuid)


def found(request: SignedInRequest, stop_uuid: uuid.UUID) -> OwnStop | None:
    """Return the driver's own stop with its run; another driver's is not found."""
    try:
        return own_stop(driver=request.user, stop_uuid=stop_uuid)
    except Run.DoesNotExist:
        return None


def gone(request: SignedInRequest) -> HttpResponse:
    """Lead the driver back to the run: the office may have moved what was open here."""
    messages.error(request, "This stop is not on your run any more. Ask the office if in doubt.")
    return redirect("drivers:run")


def tap_of(request: SignedInRequest, form: ActForm) -> Tap:
    """Return who tapped when, of a valid form."""
    tap_id = form.cleaned_data["submission_id"]
    return Tap(submission_id=tap_id, at=timezone.now(), by=request.user)


def show(
    request: SignedInRequest,
    own: OwnStop,
    *,
    money: MoneyForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Render the stop with the next thing to do; 422 when the last tap was refused."""
    agent, card = request.headers.get("User-Agent", ""), own.stop.view.card
    context = {
        "run": own.run,
        "stop": own.stop,
        "way": way_to(card.address, user_agent=agent, place=card.job.place),
        "delivered_form": ActForm(),
        "money_form": money or MoneyForm(initial={"amount": own.stop.view.collect}),
        "refusal": refusal,
    }
    return render(request, "drivers/stop.html", context, status=422 if money or refusal else 200)
