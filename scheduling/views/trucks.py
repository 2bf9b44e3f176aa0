"""``/setup/trucks/``: how large trucks are, and what they take."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from scheduling.forms.trucks import ROWS, TruckForm, row_form
from scheduling.models import Truck
from scheduling.selectors.fleet import TruckView, one_truck, trucks_in_setup
from scheduling.services.change_truck import add_to_truck, change_truck, remove_from_truck
from scheduling.views.listed import is_added, known_kind


@require_GET
@allow(Role.ADMIN)
def trucks(request: SignedInRequest) -> HttpResponse:
    """List them."""
    return render(request, "scheduling/trucks.html", {"trucks": trucks_in_setup()})


@require_GET
@allow(Role.ADMIN)
def truck(request: SignedInRequest, truck_id: int) -> HttpResponse:
    """Show one."""
    return show(request, found(truck_id))


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest, truck_id: int) -> HttpResponse:
    """Keep its size, and what it carries."""
    view = found(truck_id)
    form = TruckForm(view, request.POST)
    if not form.is_valid():
        return show(request, view, form=form)
    change_truck(truck_id=truck_id, changes=form.cleaned_data, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("scheduling:truck", truck_id)


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest, truck_id: int, kind: str) -> HttpResponse:
    """Put a limit, a compartment or a service on its list."""
    view = found(truck_id)
    form = row_form(known_kind(kind, ROWS), request.POST)
    put = partial(add_to_truck, truck_id=truck_id, kind=kind, by=request.user)
    if not is_added(form, put):
        return show(request, view, **{f"{kind}_form": form})
    messages.success(request, _("Saved."))
    return redirect("scheduling:truck", truck_id)


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, truck_id: int, kind: str, row_id: int) -> HttpResponse:
    """Take a limit, a compartment or a service off its list."""
    remove_from_truck(truck_id=truck_id, kind=known_kind(kind, ROWS), key=row_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("scheduling:truck", truck_id)


def found(truck_id: int) -> TruckView:
    """Return the truck with all that its page says.

    :raises Http404: there is none.
    """
    try:
        return one_truck(truck_id)
    except Truck.DoesNotExist as exc:
        raise Http404 from exc


def show(request: SignedInRequest, view: TruckView, **forms: Any) -> HttpResponse:
    """Render the page of a truck; 422 with a form that is not right."""
    context = {
        "view": view,
        "truck": view.truck,
        "form": TruckForm(view),
        **{f"{kind}_form": row_form(kind) for kind in ROWS},
        **forms,
    }
    return render(request, "scheduling/truck.html", context, status=422 if forms else 200)
