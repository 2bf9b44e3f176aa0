"""Keep what a person moved in one go, so that it can be taken back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from scheduling.models import BoardStep
from scheduling.services.plan_job import Moved, Spot

KEPT = dt.timedelta(hours=12)
MOST_STEPS = 50


def keep_step(moved: Iterable[Moved], *, by: User) -> None:
    """Keep what has changed as the person's last step; nothing is left to be done again then.

    What was cancelled in Odoo leaves its run for good.
    """
    changes = [_change_of(one) for one in moved if one.changed and one.job.is_open]
    if not changes:
        return
    steps = BoardStep.objects.filter(by=by)
    steps.filter(is_undone=True).delete()
    steps.filter(made_at__lte=timezone.now() - KEPT).delete()
    steps.filter(pk__in=steps.order_by("-pk").values("pk")[MOST_STEPS - 1 :]).delete()
    BoardStep.objects.create(by=by, moves=changes)


def steps_of(by: User) -> QuerySet[BoardStep]:
    """Return the steps of a person that can be taken back, or done again."""
    return BoardStep.objects.filter(by=by, made_at__gt=timezone.now() - KEPT)


def spot_from(kept: dict[str, Any] | None) -> Spot | None:
    """Return a spot as a step keeps it."""
    return Spot(**{**kept, "day": dt.date.fromisoformat(kept["day"])}) if kept else None


def _change_of(moved: Moved) -> dict[str, Any]:
    """Return where it was and is, and ``Job.moves`` before and after."""
    return {
        "job": moved.job.pk,
        "before": moved.job.moves - 1,
        "after": moved.job.moves,
        "came_from": _as_json(moved.came_from),
        "went_to": _as_json(moved.went_to),
    }


def _as_json(spot: Spot | None) -> dict[str, Any] | None:
    return {**asdict(spot), "day": spot.day.isoformat()} if spot else None
