"""What the business wants of the drivers' day."""

from django.db import models
from django.db.models import CheckConstraint, Q

MOST_DAYS = 30  # that positions are kept


class DriverRules(models.Model):
    """The one row of choices; before there is one, its defaults hold."""

    text_on_the_way = models.BooleanField(default=True, db_default=True)
    text_on_arrival = models.BooleanField(default=True, db_default=True)
    text_receipt = models.BooleanField(default=False, db_default=False)
    evening_text_at = models.TimeField(
        null=True, help_text="From when on customers are told of the next day; empty: never."
    )

    keep_positions_days = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="For how many days it is kept where trucks were; 0: nobody asks for it.",
    )

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(pk=1), name="there_is_one_row_of_driver_rules"),
            CheckConstraint(
                condition=Q(keep_positions_days__lte=MOST_DAYS),
                name="positions_are_not_kept_for_long",
            ),
        ]

    def __str__(self) -> str:
        return "rules for drivers"
