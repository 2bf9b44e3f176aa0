"""What the portal has promised Odoo: streams of entries, sent in order."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from odoo_bridge.models.stream_head import entry_triggers, stream_triggers


class Stream(models.Model):
    """One business object's entries. The lease says who sends; the fence, who may settle.

    ``quiet_until``: the moment from which a call whose answer was lost can no longer land. Later
    entries wait for it, or an old value could win over a newer one.

    ``due_at`` and ``due_batch`` are kept by the database (``stream_head``): from when on the first
    open entry may be sent, and the command of which others may go along with it. Empty: alone, for
    it was being sent when a worker died, and must not drag the others along.

    While ``paused_at`` is set it is never due: a person holds it, and says why. What is being sent
    ends as it would.
    """

    key = models.CharField(max_length=80, unique=True)
    last_seq = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    fence = models.PositiveBigIntegerField(default=0)
    quiet_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, editable=False)
    due_batch = models.CharField(max_length=40, blank=True, default="", db_default="")
    paused_at = models.DateTimeField(null=True)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    paused_why = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(paused_at__isnull=True, paused_by__isnull=True, paused_why="")
                | Q(Q(paused_at__isnull=False, paused_by__isnull=False), ~Q(paused_why="")),
                name="who_pauses_a_stream_is_known_and_why",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(due_at__isnull=False), name="due_streams"
            ),
            models.Index(
                fields=["leased_until"],
                condition=Q(leased_until__isnull=False),
                name="leased_streams",
            ),
            models.Index(
                fields=["paused_at"],
                condition=Q(paused_at__isnull=False),
                name="paused_streams",
            ),
        ]
        triggers = stream_triggers()

    def __str__(self) -> str:
        return self.key


class OutboxEntry(models.Model):
    """One promise: a command in the portal's words, and what became of it."""

    class State(models.TextChoices):
        """Where the entry stands. The words are those of the sync desk."""

        QUEUED = "QUEUED", "Waiting"
        SENDING = "SENDING", "Being sent"
        DONE = "DONE", "Done"
        UNKNOWN = "UNKNOWN", "Answer lost"
        CONFLICT = "CONFLICT", "Conflict"
        PARKED = "PARKED", "Needs a person"
        DROPPED = "DROPPED", "Dropped"
        SUPERSEDED = "SUPERSEDED", "Superseded"

    OPEN = (State.QUEUED, State.SENDING, State.UNKNOWN, State.CONFLICT, State.PARKED)
    DUE = (State.QUEUED, State.UNKNOWN)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    command = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    payload = models.JSONField(encoder=DjangoJSONEncoder)
    base = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    target = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0, help_text="Workers that died sending it.")
    not_before = models.DateTimeField()
    fence = models.PositiveBigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, help_text="When its latest call began.")
    in_flight = models.CharField(max_length=80, blank=True, help_text="The call under way.")
    doubted_at = models.DateTimeField(
        null=True, help_text="Since when nobody knows whether a call of its has landed."
    )
    repeat = models.CharField(max_length=8, blank=True, help_text="If that call may be repeated.")
    last_error = models.CharField(max_length=2000, blank=True)
    failed_step = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="Why a person dropped it.")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["stream", "seq"], name="one_entry_a_place_in_a_stream"),
            UniqueConstraint(
                fields=["stream"],
                condition=Q(state="SENDING"),
                name="one_entry_of_a_stream_is_sent",
            ),
            CheckConstraint(
                condition=~Q(state="SENDING") | Q(sent_at__isnull=False),
                name="what_is_being_sent_was_sent_at_some_time",
            ),
            CheckConstraint(
                condition=~Q(state="DROPPED") | ~Q(note=""),
                name="nothing_is_dropped_without_a_note",
            ),
        ]
        indexes = [
            models.Index(
                fields=["stream", "seq"],
                condition=Q(state__in=["QUEUED", "SENDING", "UNKNOWN", "CONFLICT", "PARKED"]),
                name="open_entries_of_a_stream",
            )
        ]
        triggers = entry_triggers()

    def __str__(self) -> str:
        return f"{self.command} {self.uuid}"


class CallRate(models.Model):
    """The one row by which all workers share the calls of a second; ``free_at``: of the next."""

    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.free_at:%H:%M:%S.%f}"
