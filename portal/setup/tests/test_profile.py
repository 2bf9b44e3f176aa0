"""The business profile: its colour, its logo, its first values."""

import io
import zoneinfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.core.pictures import NotAPicture
from portal.setup.colour import AA_TEXT, DARK_SURFACE, ColourTooFaint, contrast, shades_of
from portal.setup.models import BusinessLogo, BusinessProfile
from portal.setup.selectors.profile import business_profile, business_zone
from portal.setup.services.change_logo import change_logo
from portal.setup.services.change_profile import change_profile


def picture(size=(40, 20), kind="PNG", mode="RGB"):
    file = io.BytesIO()
    Image.new(mode, size, "green").save(file, kind)
    return file.getvalue()


def test_before_anybody_set_anything_the_environment_gives_the_values(db, settings):
    settings.BUSINESS_TIME_ZONE = "America/Denver"

    profile = business_profile()

    assert (profile.name, profile.time_zone) == ("Yardmaster", "America/Denver")
    assert not BusinessProfile.objects.exists()
    assert business_zone() == zoneinfo.ZoneInfo("America/Denver")


def test_a_change_is_kept_and_audited(person):
    boss = person(Role.ADMIN)

    change_profile(changes={"name": "Ridge", "accent": "#123456"}, by=boss)
    change_profile(changes={"name": "Ridge & Sons"}, by=boss)

    assert (str(business_profile()), business_profile().accent) == ("Ridge & Sons", "#123456")
    assert [row.new for row in AuditRow.objects.order_by("pk")] == [
        {"name": "Ridge", "accent": "#123456"},
        {"name": "Ridge & Sons"},
    ]


def test_saving_what_is_so_already_leaves_no_trace(person):
    change_profile(changes={"name": "Yardmaster"}, by=person(Role.ADMIN))

    assert not AuditRow.objects.exists()


def test_there_can_be_only_one_business(person):
    change_profile(changes={"name": "Ridge"}, by=person(Role.ADMIN))

    with pytest.raises(IntegrityError, match="there_is_one_business"), transaction.atomic():
        BusinessProfile.objects.create(pk=2, name="Other", country="US", time_zone="UTC")


def test_a_colour_that_cannot_be_read_is_refused_and_changes_nothing(person):
    with pytest.raises(ColourTooFaint, match="Choose a darker colour"):
        change_profile(changes={"accent": "#ffee00"}, by=person(Role.ADMIN))

    assert not BusinessProfile.objects.exists()
    assert not AuditRow.objects.exists()


def test_the_contrast_is_the_one_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(st.integers(0, 0xFFFFFF))
def test_every_accepted_colour_can_be_read_in_light_and_dark(number):
    accent = f"#{number:06x}"
    try:
        shades = shades_of(accent)
    except ColourTooFaint:
        return

    assert contrast(shades.light, "#ffffff") >= AA_TEXT
    assert contrast(shades.light, shades.light_weak) >= AA_TEXT
    assert contrast(shades.dark, DARK_SURFACE) >= AA_TEXT
    assert contrast(shades.dark, shades.dark_weak) >= AA_TEXT


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_small(person, kind):
    change_logo(content=picture((900, 300), kind), by=person(Role.ADMIN))

    logo = BusinessLogo.objects.get()
    with Image.open(io.BytesIO(bytes(logo.png))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (320, 107))
    assert business_profile().logo_version == logo.sha256
    assert str(logo) == logo.sha256[:12]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg onload=alert(1)>", "no PNG, JPEG or WebP"),
        (picture()[:60], "no PNG, JPEG or WebP"),
        (picture(kind="GIF"), "no PNG, JPEG or WebP"),
        (picture((4001, 10)), "wider or higher than 4000"),
        (picture((20_000, 20_000), mode="L"), "wider or higher than 4000"),
        (b"x" * (512 * 1024 + 1), "larger than 512 kB"),
    ],
)
def test_what_is_no_logo_is_refused_and_changes_nothing(person, content, reason):
    with pytest.raises(NotAPicture, match=reason):
        change_logo(content=content, by=person(Role.ADMIN))

    assert business_profile().logo_version == ""
    assert not AuditRow.objects.exists()


def test_a_logo_can_be_taken_away_again(person):
    boss = person(Role.ADMIN)
    change_logo(content=picture(), by=boss)

    change_logo(content=None, by=boss)

    assert business_profile().logo_version == ""
    assert AuditRow.objects.count() == 2
