"""Where deliveries go on earth."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from scheduling.models.point import Point

LONGEST_ADDRESS = 400


def where(photo: "PlacePhoto", _name: str) -> str:
    """Return a name that tells nothing and is nobody else's."""
    return f"places/{photo.uuid.hex}"


def _limit(about: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(max_digits=9, decimal_places=2, null=True, help_text=about)


class Place(models.Model):
    """An address as deliveries go there: where it is, and what a driver must know of it.

    There is one of each address, however it is written (``key``): who lives there changes, the
    gate stays. ``edits`` is what a page has seen: a change that starts from another number is
    refused, because somebody else was faster.
    """

    class State(models.TextChoices):
        """How far the search for its point is."""

        TO_FIND = "TO_FIND", "Being looked for"
        FOUND = "FOUND", "Found"
        NOT_FOUND = "NOT_FOUND", "Not found"

    class Source(models.TextChoices):
        """Who says where it is."""

        ODOO = "ODOO", "Odoo"
        CENSUS = "CENSUS", "the US Census Bureau"
        NOMINATIM = "NOMINATIM", "OpenStreetMap"
        GOOGLE = "GOOGLE", "Google"
        PERSON = "PERSON", "a person"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_FIND)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    source_key = models.CharField(max_length=300, blank=True, help_text="Its name there.")
    is_exact = models.BooleanField(default=False, help_text="It is the house, not its street.")
    found_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True, help_text="When the point must be forgotten.")
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ask_at = models.DateTimeField(default=timezone.now, help_text="When to look for it next.")
    tries = models.PositiveSmallIntegerField(default=0)
    edits = models.PositiveIntegerField(default=0)
    drop_spot = models.CharField(max_length=200, blank=True)
    most_width = _limit("Of a truck, in m: a gate, a bridge.")
    most_height = _limit("Of a truck, in m: wires, trees, a roof.")
    most_weight = _limit("Of a truck with its load, in kg.")
    notes = models.TextField(blank=True, max_length=4000)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(state__in=["TO_FIND", "FOUND", "NOT_FOUND"]),
                name="place_state_is_one_of_ours",
            ),
            CheckConstraint(
                condition=Q(
                    ~Q(source=""),
                    state="FOUND",
                    latitude__isnull=False,
                    longitude__isnull=False,
                    found_at__isnull=False,
                )
                | Q(~Q(state="FOUND"), source="", latitude__isnull=True, longitude__isnull=True),
                name="a_found_place_has_a_point_and_its_source",
            ),
            CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                | Q(latitude__isnull=True),
                name="a_place_is_on_earth",
            ),
            CheckConstraint(
                condition=~Q(source="GOOGLE") | Q(kept_until__isnull=False),
                name="a_point_of_google_is_forgotten_some_day",
            ),
            CheckConstraint(
                condition=Q(source="PERSON", pinned_by__isnull=False)
                | Q(~Q(source="PERSON"), pinned_by__isnull=True),
                name="a_pin_is_somebodys",
            ),
        ]
        indexes = [
            models.Index(fields=["ask_at"], condition=Q(state="TO_FIND"), name="places_to_find"),
            models.Index(
                fields=["kept_until"],
                condition=Q(kept_until__isnull=False),
                name="places_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def point(self) -> Point | None:
        """Where it is; ``None`` as long as nobody knows."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)


class PlacePhoto(models.Model):
    """A picture of a place: the gate, the spot for the pile."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="photos")
    file = models.FileField(upload_to=where)
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "sha256"], name="a_picture_of_a_place_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"picture {self.uuid}"
