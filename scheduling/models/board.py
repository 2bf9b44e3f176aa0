"""What dispatchers keep of the board for themselves."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

LONGEST_QUERY = 400


class BoardStep(models.Model):
    """What one person moved in one go, so that it can be taken back and done again.

    ``moves`` is a list of what ``scheduling.services.keep_step`` keeps.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_steps")
    made_at = models.DateTimeField(auto_now_add=True)
    moves = models.JSONField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="board_steps_of_a_person")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class PoolView(models.Model):
    """A search and filters of those to schedule, kept under a name by one person."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pool_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=LONGEST_QUERY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_view_of_a_name"),
            CheckConstraint(condition=~Q(name=""), name="a_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
