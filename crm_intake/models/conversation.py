"""The talk with one person, as the shared inbox lists it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from crm_intake.models.person import Person
from crm_intake.models.searched import WORDS


class Conversation(models.Model):
    """What stands in the list; the texts and calls themselves are the person's.

    ``unread`` counts what came in since somebody of the office came or answered. ``last_at`` is by
    our own clock: what comes late stands where it is seen.
    """

    class State(models.TextChoices):
        """Whether anything is left to do."""

        OPEN = "OPEN", "Open"
        DONE = "DONE", "Done"

    person = models.OneToOneField(Person, models.CASCADE, related_name="conversation")
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    unread = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=120, blank=True)
    last_was_ours = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-last_at", "-id"], name="conversations_by_time"),
            models.Index(
                fields=["id"], condition=models.Q(unread__gt=0), name="conversations_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Note(models.Model):
    """What somebody of the office wrote down for the others; it goes to nobody."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [GinIndex(WORDS, name="notes_by_words")]

    def __str__(self) -> str:
        return f"note {self.pk}"
