"""One stop: where, what, how much; handing over; the money."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from drivers.forms.acts import ActForm, MoneyForm
from drivers.selectors.navigation import way_to
from drivers.selectors.run import OwnStop, own_stop
from drivers.services.collect_money import Cash, collect_money
from drivers.services.deliver_stop import deliver_stop
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from scheduling.models import Run


@require_GET
@allow(Role.DRIVER)
def stop(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """Show one stop with the next thing to do."""
    return show(request, found(request, stop_uuid))


@require_POST
@allow(Role.DRIVER)
def delivered(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """The goods are handed over."""
    own, form = found(request, stop_uuid), ActForm(request.POST)
    if not form.is_valid():
        return show(request, own, refusal="That tap was not understood. Tap again.")
    tap = form.cleaned_data["submission_id"]
    try:
        deliver_stop(stop_id=own.stop_id, submission_id=tap, at=timezone.now(), by=request.user)
    except UserFacingError as refusal:
        return show(request, own, refusal=str(refusal))
    return redirect("drivers:stop", stop_uuid)


@require_POST
@allow(Role.DRIVER)
def collected(request: SignedInRequest, stop_uuid: uuid.UUID) -> HttpResponse:
    """Cash was taken."""
    own, form = found(request, stop_uuid), MoneyForm(request.POST)
    if not form.is_valid():
        return show(request, own, money=form)
    cash = Cash(amount=form.cleaned_data["amount"], at=timezone.now())
    tap = form.cleaned_data["submission_id"]
    try:
        collect_money(stop_id=own.stop_id, submission_id=tap, cash=cash, by=request.user)
    except UserFacingError as refusal:
        form.add_error("amount", str(refusal))
        return show(request, own, money=form)
    return redirect("drivers:stop", stop_uuid)


def found(request: SignedInRequest, stop_uuid: uuid.UUID) -> OwnStop:
    """Return the driver's own stop with its run; another driver's is not found."""
    try:
        return own_stop(driver=request.user, stop_uuid=stop_uuid)
    except Run.DoesNotExist as exc:
        raise Http404("no stop of this driver") from exc


def show(
    request: SignedInRequest,
    own: OwnStop,
    *,
    money: MoneyForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Render the stop as it is now; 422 when the last tap was refused."""
    agent = request.headers.get("User-Agent", "")
    context = {
        "run": own.run,
        "stop": own.stop,
        "way": way_to(own.stop.view.card.address, user_agent=agent),
        "delivered_form": ActForm(),
        "money_form": money or MoneyForm(initial={"amount": own.stop.view.collect}),
        "refusal": refusal,
    }
    return render(request, "drivers/stop.html", context, status=422 if money or refusal else 200)
