"""What a driver did on a run."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from scheduling.models import Job, Run, Stop

LONGEST_WORDS = 300


class StopAction(models.Model):
    """One act, once: the phone names it, so that what is sent twice is the same act.

    Most are about a stop, some about the run alone. ``number`` counts the acts of a ``phone``. What
    is said here never changes; ``stop`` and ``run`` are empty when the office has removed them, and
    the job stays.

    ``done_at`` is when the driver did it by our clock, ``phone_at`` by the phone's, which may be
    wrong; ``received_at`` is when the portal heard of it.
    """

    class What(models.TextChoices):
        """What was done."""

        STARTED = "STARTED", "Run started"
        VEHICLE = "VEHICLE", "Vehicle checked"
        LOADED = "LOADED", "Load checked"
        ON_MY_WAY = "ON_MY_WAY", "On the way"
        ARRIVED = "ARRIVED", "Arrived"
        DELIVERED = "DELIVERED", "Delivered"
        REFUSED = "REFUSED", "Not taken"
        NOBODY = "NOBODY", "Nobody there"
        COLLECTED = "COLLECTED", "Collected"
        CARD_LINK = "CARD_LINK", "Link to pay by card"
        CHECK = "CHECK", "Photo of the check"
        PHOTO = "PHOTO", "Photo"
        SIGNED = "SIGNED", "Signed"
        TEXTED = "TEXTED", "Text to the customer"
        NOTED = "NOTED", "Note"
        ISSUE = "ISSUE", "Trouble"
        ENDED = "ENDED", "Run ended"

    class Verdict(models.TextChoices):
        """What became of it."""

        APPLIED = "APPLIED", "Counts"
        KEPT = "KEPT", "Kept for the office"
        REFUSED = "REFUSED", "Refused"

    WITH_FILES = (What.PHOTO, What.SIGNED, What.CHECK)
    ENDING = (What.DELIVERED, What.REFUSED, What.NOBODY)
    ABOUT_RUNS = (What.STARTED, What.VEHICLE, What.LOADED, What.ENDED)

    submission_id = models.UUIDField(unique=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="actions")
    stop = models.ForeignKey(Stop, models.SET_NULL, null=True, related_name="actions")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="actions")
    details = models.JSONField(default=dict, db_default={})
    verdict = models.CharField(
        max_length=10,
        choices=Verdict.choices,
        default=Verdict.APPLIED,
        db_default=Verdict.APPLIED.value,
    )
    words = models.CharField(
        max_length=LONGEST_WORDS, blank=True, default="", db_default="", help_text="Why."
    )
    phone = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField(null=True)
    done_at = models.DateTimeField()
    phone_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(
                    what__in=[
                        *("STARTED", "VEHICLE", "LOADED", "ON_MY_WAY", "ARRIVED", "DELIVERED"),
                        *("REFUSED", "NOBODY", "COLLECTED", "PHOTO", "SIGNED", "NOTED", "ISSUE"),
                        *("TEXTED", "CARD_LINK", "CHECK", "ENDED"),
                    ]
                ),
                name="act_is_one_of_ours",
            ),
            CheckConstraint(
                condition=Q(verdict="APPLIED", words="")
                | Q(~Q(words=""), verdict__in=["KEPT", "REFUSED"]),
                name="an_act_that_does_not_count_says_why",
            ),
        ]
        indexes = [models.Index(fields=["job", "id"], name="acts_of_a_job")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="stays_as_it_was_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["stop", "run"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.submission_id}"
