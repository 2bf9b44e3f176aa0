"""Change when the yard is open, and when its drivers work."""

from collections.abc import Mapping
from typing import Any

import holidays
from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.setup.selectors.profile import business_profile
from scheduling.errors import NoHolidaysKnown
from scheduling.models import Closure, DriverAbsence, OpeningHours, Shift
from scheduling.selectors.free import Hours, closed_days
from scheduling.services.keep_list import add_row, remove_row

LISTS: dict[str, models.QuerySet[Any]] = {
    "closure": Closure.objects.all(),
    "shift": Shift.objects.all(),
    "absence": DriverAbsence.objects.all(),
}
AUDITED = {"closure": "closure", "shift": "shift", "absence": "driver's absence"}


@transaction.atomic
def add_to_hours(*, kind: str, values: Mapping[str, Any], by: User) -> None:
    """Put something on one of the ``LISTS``.

    :raises ListedAlready: it stands there.
    """
    add_row(rows=LISTS[kind], values=values, what=f"{AUDITED[kind]} added", by=by)
    touch("board")


@transaction.atomic
def remove_from_hours(*, kind: str, key: int, by: User) -> None:
    """Take something off one of the ``LISTS``; what is gone is no error."""
    remove_row(rows=LISTS[kind], key=key, what=f"{AUDITED[kind]} removed", by=by)
    touch("board")


@transaction.atomic
def set_week(*, hours: Mapping[int, Hours], by: User) -> None:
    """Let the yard be open at these hours, by weekday; on the other weekdays it is closed."""
    known = {row.weekday: row for row in OpeningHours.objects.select_for_update()}
    for weekday in range(7):
        row = known.get(weekday, OpeningHours(weekday=weekday))
        wanted = hours.get(weekday)
        old = (row.opens, row.closes) if row.pk else None
        if old == wanted:
            continue
        if wanted is not None:
            row.opens, row.closes = wanted
            row.save()
        record(
            by=by,
            what="opening hours changed",
            target=row,
            old={"weekday": weekday, "hours": old},
            new={"weekday": weekday, "hours": wanted},
        )
        if wanted is None:
            row.delete()
    touch("board")


@transaction.atomic
def add_holidays(*, year: int, by: User) -> int:
    """Close the yard on the public holidays of the business's country; return on how many.

    Days on which it is closed already stay as they are.

    :raises NoHolidaysKnown: nobody knows those of this country.
    """
    country = business_profile().country
    try:
        of_year = holidays.country_holidays(country, years=year)
    except NotImplementedError as exc:
        words = _(
            "The holidays of the country %(country)s are not known here: add them one by one."
        )
        raise NoHolidaysKnown(words % {"country": country}) from exc
    days = {day: name for day, name in sorted(of_year.items()) if day.year == year}
    known = closed_days(min(days), max(days))
    new = {day: name for day, name in days.items() if day not in known}
    for day, name in new.items():
        values = {"first_day": day, "last_day": day, "name": name[:80]}
        add_row(rows=LISTS["closure"], values=values, what="closure added", by=by)
    touch("board")
    return len(new)
