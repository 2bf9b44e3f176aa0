"""``/purchases/<uuid>/``: one purchase, from the first line to the last receipt."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from odoo_bridge.selectors.purchases import ShownPurchase
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from portal.core.http import render_page_or_partial
from scheduling.errors import NotForSale, NothingOrdered
from scheduling.forms.purchase import ReceiveForm, VendorForm
from scheduling.forms.purchase_page import PurchaseForms
from scheduling.selectors.pickups import is_fetched, may_be_fetched
from scheduling.selectors.purchases import is_late, one_purchase
from scheduling.services.cancel_purchase import cancel_purchase
from scheduling.services.confirm_purchases import confirm_purchases
from scheduling.services.edit_purchase import edit_purchase
from scheduling.services.fetch_purchase import fetch_purchase
from scheduling.services.place_purchase import place_purchase
from scheduling.services.receive_purchase import receive_purchase
from scheduling.views.purchases import MAY_BUY

TYPED_WRONG = (NothingOrdered, NotForSale)  # what was typed stays, to be mended


@require_http_methods(["GET", "POST"])
@allow(*MAY_BUY)
def new(request: SignedInRequest) -> HttpResponse:
    """Ask for the vendor, show what it offers, and place the order."""
    vendor_form = VendorForm(request.POST or request.GET or None)
    vendor, today = vendor_form.chosen, timezone.localdate()
    if request.method != "POST" or vendor is None:
        forms = PurchaseForms(vendor=vendor, today=today) if vendor else None
        status = 422 if request.method == "POST" else 200
        return show_new(request, vendor_form, forms, status=status)
    forms = PurchaseForms(vendor=vendor, today=today, data=request.POST)
    if not forms.is_valid():
        return show_new(request, vendor_form, forms, status=422)
    head, wanted = forms.head.new(vendor), forms.wanted
    try:
        order = place_purchase(head=head, wanted=wanted, today=today, by=request.user)
    except UserFacingError as refusal:
        return show_new(request, vendor_form, forms, refusal=str(refusal), status=422)
    messages.success(request, f"A purchase of {vendor.shown_name} is drafted.")
    return to_page(request, order.uuid)


@require_GET
@allow(*MAY_BUY, Role.DIRECTOR)
def purchase(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Show one purchase; what others change of it appears by itself."""
    return show(request, found(purchase_uuid))


@require_POST
@allow(*MAY_BUY)
def save(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Keep what was changed of a purchase."""
    shown = found(purchase_uuid)
    forms = forms_of(shown, request.POST)
    if not forms.is_valid():
        return show(request, shown, forms=forms, status=422)
    try:
        edit_purchase(
            key=purchase_uuid,
            head=forms.head.edit,
            lines=forms.edits,
            wanted=forms.wanted,
            today=timezone.localdate(),
            by=request.user,
        )
    except UserFacingError as refusal:
        typed = forms if isinstance(refusal, TYPED_WRONG) else None
        return refuse(request, purchase_uuid, str(refusal), forms=typed)
    return done(request, purchase_uuid, "Saved.")


@require_POST
@allow(*MAY_BUY)
def confirm(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Order what was drafted."""
    found(purchase_uuid)
    try:
        confirm_purchases(keys=[purchase_uuid], by=request.user)
    except UserFacingError as refusal:
        return refuse(request, purchase_uuid, str(refusal))
    return done(request, purchase_uuid, "Confirmed.")


@require_POST
@allow(*MAY_BUY)
def receive(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Keep how much of each line came."""
    shown = found(purchase_uuid)
    form = ReceiveForm.of(shown, request.POST)
    if not form.is_valid():
        return show(request, shown, receive_form=form, status=422)
    try:
        receive_purchase(key=purchase_uuid, came=form.came, by=request.user)
    except UserFacingError as refusal:
        return refuse(request, purchase_uuid, str(refusal))
    return done(request, purchase_uuid, "Received.")


@require_POST
@allow(*MAY_BUY)
def fetch(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Keep who brings it here: our truck, or the vendor."""
    found(purchase_uuid)
    fetched = request.POST.get("fetched") == "on"
    try:
        fetch_purchase(key=purchase_uuid, fetched=fetched, by=request.user)
    except UserFacingError as refusal:
        return refuse(request, purchase_uuid, str(refusal))
    return done(request, purchase_uuid, "We fetch it." if fetched else "They send it.")


@require_POST
@allow(*MAY_BUY)
def cancel(request: SignedInRequest, purchase_uuid: UUID) -> HttpResponse:
    """Call it off."""
    found(purchase_uuid)
    try:
        cancel_purchase(key=purchase_uuid, by=request.user)
    except UserFacingError as refusal:
        return refuse(request, purchase_uuid, str(refusal))
    return done(request, purchase_uuid, "Cancelled.")


def found(key: UUID) -> ShownPurchase:
    """Return the purchase as it shall be.

    :raises Http404: there is none, or it was given up before Odoo made it.
    """
    shown = one_purchase(key)
    if shown is None:
        raise Http404
    return shown


def forms_of(shown: ShownPurchase, data: Any = None) -> PurchaseForms:
    """Return the form of a purchase."""
    today = timezone.localdate()
    return PurchaseForms(vendor=shown.order.vendor, shown=shown, today=today, data=data)


def done(request: SignedInRequest, key: UUID, outcome: str) -> HttpResponse:
    """Answer with the purchase as it is now and the outcome."""
    if request.htmx:
        return show(request, found(key), outcome=outcome)
    messages.success(request, outcome)
    return to_page(request, key)


def refuse(
    request: SignedInRequest, key: UUID, refusal: str, *, forms: PurchaseForms | None = None
) -> HttpResponse:
    """Answer 422 with the refusal, and what was typed or the purchase as it is now."""
    return show(request, found(key), refusal=refusal, forms=forms, status=422)


def show(request: SignedInRequest, shown: ShownPurchase, **more: Any) -> HttpResponse:
    """Render the purchase."""
    context: dict[str, Any] = {
        "purchase": shown,
        "is_late": is_late(shown, today=timezone.localdate()),
        "may_buy": request.user.role in MAY_BUY,
        "is_fetched": is_fetched(shown.order),
        "may_be_fetched": may_be_fetched(shown),
        **more,
        "forms": more.get("forms") or forms_of(shown),
        "receive_form": more.get("receive_form") or ReceiveForm.of(shown),
    }
    return render_page_or_partial(
        request,
        "scheduling/purchase.html",
        "scheduling/_purchase.html",
        context,
        status=more.get("status", 200),
    )


def show_new(
    request: SignedInRequest,
    vendor_form: VendorForm,
    forms: PurchaseForms | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page of a purchase that is not there yet."""
    context = {"vendor_form": vendor_form, "forms": forms, "refusal": refusal}
    return render_page_or_partial(
        request,
        "scheduling/new_purchase.html",
        "scheduling/_new_purchase.html",
        context,
        status=status,
    )


def to_page(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Lead to the page of a purchase."""
    url = reverse("scheduling:purchase", args=[key])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
