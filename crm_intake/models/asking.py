"""How far each source was asked for what it may not have delivered."""

from django.db import models


class SourceAsked(models.Model):
    """A source's last answer. ``until``: of all that came before, it was asked."""

    provider = models.CharField(max_length=20, unique=True)
    until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.provider} was asked"
