"""What helps the office to answer: words kept for it, and who is writing just now."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.db.models.functions import Lower

from crm_intake.models.conversation import Conversation


class SavedReply(models.Model):
    """Words for an answer that is given often; ``{first_name}`` and the like are filled in."""

    title = models.CharField(max_length=60)
    text = models.TextField(max_length=1600)

    class Meta:
        constraints = [UniqueConstraint(Lower("title"), name="a_saved_reply_is_known_by_its_title")]

    def __str__(self) -> str:
        return self.title


class Writing(models.Model):
    """Somebody of the office is, or was a moment ago, writing an answer."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="writing")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["conversation", "user"], name="a_person_writes_one_answer")
        ]

    def __str__(self) -> str:
        return f"writing {self.pk}"
