"""The business profile, and who is told of troubles."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

from portal.core.encryption import EncryptedTextField
from portal.setup.colour import DEFAULT_ACCENT

HEX_COLOUR = r"^#[0-9a-f]{6}$"


class BusinessProfile(models.Model):
    """The one row that every public page, text and ticket speaks with.

    ``logo_version`` is the logo's hash where ``selectors.profile`` has read it.
    """

    logo_version = ""
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField("state", max_length=80, blank=True)
    postcode = models.CharField("ZIP code", max_length=16, blank=True)
    country = models.CharField(max_length=2, help_text="ISO 3166, two letters")
    phones = ArrayField(models.CharField(max_length=16), default=list, help_text="E.164")
    email = models.EmailField("e-mail address", blank=True)
    accent = models.CharField("colour", max_length=7, default=DEFAULT_ACCENT)
    time_zone = models.CharField(max_length=64)
    currency = models.CharField(max_length=3, default="USD", help_text="ISO 4217")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_business"),
            CheckConstraint(condition=Q(accent__regex=HEX_COLOUR), name="accent_is_a_hex_colour"),
            CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="currency_is_iso_4217"),
        ]

    def __str__(self) -> str:
        return self.name


class BusinessLogo(models.Model):
    """The logo, in the database so that one backup holds it; re-encoded before it is kept."""

    MAX_BYTES = 512 * 1024

    profile = models.OneToOneField(BusinessProfile, models.CASCADE, related_name="logo")
    png = models.BinaryField(max_length=MAX_BYTES)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="logo_has_its_whole_sha256"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class WhoIsTold(models.Model):
    """The one row about who hears of troubles with Odoo, beside those whose change it is.

    Before there is one, the administrators do. ``chat_url`` is an incoming webhook in Slack's or
    Mattermost's shape: whoever has it can write there, so it is never shown again.
    """

    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    addresses = ArrayField(models.EmailField(), default=list)
    chat_url = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="there_is_one_list_of_who_is_told")]

    def __str__(self) -> str:
        return "who is told"
