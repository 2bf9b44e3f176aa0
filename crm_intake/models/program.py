"""The news that people can sign up for by text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q


class TextProgram(models.Model):
    """The one programme: what it is, how often it comes, and the word that asks for it.

    ``embedded_on`` are the web sites (``https://example.com``) that may show the form.
    """

    about = models.CharField(max_length=80, help_text="Offers and news, say.")
    frequency = models.CharField(max_length=80, help_text="Up to 4 texts a month, say.")
    keyword = models.CharField(max_length=20, blank=True)
    terms_url = models.CharField(max_length=300)
    privacy_url = models.CharField(max_length=300)
    embedded_on = ArrayField(models.CharField(max_length=200), default=list, db_default=[])
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="there_is_one_text_program")]

    def __str__(self) -> str:
        return self.about
