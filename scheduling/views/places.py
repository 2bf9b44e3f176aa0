"""``/places/``: where deliveries go, and what a driver must know of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.core.errors import UserFacingError
from scheduling.forms.place import PhotoForm, PinForm, PlaceForm
from scheduling.models import Place, PlacePhoto
from scheduling.selectors.places import one_place, places_to_look_at, searched_places
from scheduling.services.change_place import add_photo, describe_place, move_pin, remove_photo

MAY_CHANGE = (Role.OFFICE, Role.ADMIN)
MAY_READ = (*MAY_CHANGE, Role.DIRECTOR)
LONGEST_SEARCH = 200


@require_GET
@allow(*MAY_READ)
def places(request: SignedInRequest) -> HttpResponse:
    """List those that need a pin, or those that are searched for."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = searched_places(words) if words else places_to_look_at()
    return render(request, "scheduling/places.html", {"rows": rows, "words": words})


@require_GET
@allow(*MAY_READ)
def place(request: SignedInRequest, place_uuid: UUID) -> HttpResponse:
    """Show one."""
    get_object_or_404(Place, uuid=place_uuid)
    return show(request, place_uuid)


@require_POST
@allow(*MAY_CHANGE)
def pin(request: SignedInRequest, place_uuid: UUID) -> HttpResponse:
    """Put the pin somewhere else, or take it away."""
    form = PinForm(request.POST)

    def work() -> None:
        seen = form.cleaned_data["seen"]
        move_pin(place_uuid=place_uuid, seen=seen, point=form.point, by=request.user)

    return act(request, place_uuid, "pin_form", form, work)


@require_POST
@allow(*MAY_CHANGE)
def describe(request: SignedInRequest, place_uuid: UUID) -> HttpResponse:
    """Keep what a driver must know."""
    form = PlaceForm(request.POST)

    def work() -> None:
        words = form.cleaned_data
        describe_place(place_uuid=place_uuid, seen=words["seen"], words=words, by=request.user)

    return act(request, place_uuid, "form", form, work)


@require_POST
@allow(*MAY_CHANGE)
def add_picture(request: SignedInRequest, place_uuid: UUID) -> HttpResponse:
    """Keep a picture."""
    form = PhotoForm(request.POST, request.FILES)

    def work() -> None:
        content, caption = form.cleaned_data["picture"].read(), form.cleaned_data["caption"]
        add_photo(place_uuid=place_uuid, content=content, caption=caption, by=request.user)

    return act(request, place_uuid, "photo_form", form, work)


@require_POST
@allow(*MAY_CHANGE)
def remove_picture(request: SignedInRequest, photo_uuid: UUID) -> HttpResponse:
    """Remove a picture."""
    get_object_or_404(PlacePhoto, uuid=photo_uuid)
    of = remove_photo(photo_uuid=photo_uuid, by=request.user)
    messages.success(request, _("The picture is gone."))
    return redirect("scheduling:place", of.uuid)


@require_GET
@allow(*MAY_READ, Role.DRIVER)
def picture(request: SignedInRequest, photo_uuid: UUID) -> HttpResponse:
    """Answer a picture; a driver sees those of places on their own runs."""
    photos = PlacePhoto.objects.all()
    if request.user.role == Role.DRIVER:
        photos = photos.filter(place__jobs__stop__run__driver__user=request.user).distinct()
    photo = get_object_or_404(photos, uuid=photo_uuid)
    with photo.file.open("rb") as content:
        return HttpResponse(
            content.read(),
            content_type="image/jpeg",
            headers={"Cache-Control": "private, max-age=86400"},
        )


def act(
    request: SignedInRequest, place_uuid: UUID, name: str, form: Form, work: Callable[[], None]
) -> HttpResponse:
    """Do it if the form is in order; else show the page with what is wrong, 422."""
    get_object_or_404(Place, uuid=place_uuid)
    if not form.is_valid():
        return show(request, place_uuid, status=422, **{name: form})
    try:
        work()
    except UserFacingError as refusal:
        return show(request, place_uuid, status=422, refusal=str(refusal))
    messages.success(request, _("Saved."))
    return redirect("scheduling:place", place_uuid)


def show(
    request: SignedInRequest, place_uuid: UUID, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the page of a place."""
    view = one_place(place_uuid)
    context = {
        "view": view,
        "place": view.place,
        "may_change": request.user.role in MAY_CHANGE,
        "pin_form": PinForm.of(view.place),
        "form": PlaceForm.of(view.place),
        "photo_form": PhotoForm(),
        "map_tiles": {
            "url": settings.MAP_TILES_URL,
            "attribution": settings.MAP_TILES_ATTRIBUTION,
        },
        **more,
    }
    return render(request, "scheduling/place.html", context, status=status)
