"""``/setup/materials/``: what is loaded, and what of it may not lie together."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from scheduling.errors import ListedAlready, StillUsed
from scheduling.forms.materials import ROWS, MaterialForm, ProductsForm, row_form
from scheduling.models import Material
from scheduling.selectors.materials import material_lists, products_to_name
from scheduling.services.change_materials import (
    add_to_materials,
    change_material,
    name_materials,
    remove_from_materials,
)
from scheduling.views.listed import is_added, known_kind

LONGEST_SEARCH = 200


@require_GET
@allow(Role.ADMIN)
def materials(request: SignedInRequest) -> HttpResponse:
    """Show them, and the products that are searched for."""
    return show(request)


@require_POST
@allow(Role.ADMIN)
def change(request: SignedInRequest, material_id: int) -> HttpResponse:
    """Keep what is said of a material."""
    form = MaterialForm.of(get_object_or_404(Material, pk=material_id), request.POST)
    if form.is_valid():
        try:
            change_material(material_id=material_id, changes=form.cleaned_data, by=request.user)
        except ListedAlready as refusal:
            form.add_error("name", str(refusal))
    if form.errors:
        return show(request, refused=form)
    messages.success(request, _("Saved."))
    return redirect("scheduling:materials")


@require_POST
@allow(Role.ADMIN)
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    """Put something on a list."""
    form = row_form(known_kind(kind, ROWS), request.POST)
    if not is_added(form, partial(add_to_materials, kind=kind, by=request.user)):
        return show(request, **{f"{kind}_form": form})
    messages.success(request, _("Saved."))
    return redirect("scheduling:materials")


@require_POST
@allow(Role.ADMIN)
def remove(request: SignedInRequest, kind: str, row_id: int) -> HttpResponse:
    """Take something off a list, unless it is in use."""
    try:
        remove_from_materials(kind=known_kind(kind, ROWS), key=row_id, by=request.user)
    except StillUsed as refusal:
        return show(request, refusal=str(refusal))
    messages.success(request, _("Removed."))
    return redirect("scheduling:materials")


@require_POST
@allow(Role.ADMIN)
def name_products(request: SignedInRequest) -> HttpResponse:
    """Say which material the ticked products are."""
    form = ProductsForm(request.POST)
    if not form.is_valid():
        return show(request, products_form=form)
    material = form.cleaned_data["material"]
    changed = name_materials(
        product_ids=[one.pk for one in form.cleaned_data["products"]],
        material_id=material.pk if material else None,
        by=request.user,
    )
    words = ngettext("%(number)s product changed.", "%(number)s products changed.", changed)
    messages.success(request, words % {"number": changed})
    words = urlencode({"q": searched(request)})
    return redirect(f"{resolve_url('scheduling:materials')}?{words}#products")


def searched(request: SignedInRequest) -> str:
    """Return what products are searched for."""
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get("q", "").strip()[:LONGEST_SEARCH]


def show(request: SignedInRequest, **more: Any) -> HttpResponse:
    """Render the page; 422 with a form that is not right, or with what cannot be removed."""
    lists, words, refused = material_lists(), searched(request), more.get("refused")
    at_fault = {refused.material_id: refused} if refused else {}
    context = {
        "lists": lists,
        "materials": [
            (one, (at_fault.get(one.pk) or MaterialForm.of(one)).offer(lists.groups))
            for one in lists.materials
        ],
        "words": words,
        "products": products_to_name(words),
        "products_form": ProductsForm(),
        **{f"{kind}_form": row_form(kind) for kind in ROWS},
        **more,
    }
    return render(request, "scheduling/materials.html", context, status=422 if more else 200)
