"""The day on the board, or its week, as it is made: the same for all who ask for it so."""

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Self

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.core.kept_parts import Name
from scheduling.forms.day import DayForm
from scheduling.forms.pool import PoolForm
from scheduling.selectors.board import board_of
from scheduling.selectors.late import late_days
from scheduling.selectors.week import week_of
from scheduling.templatetags.cards import HERE, TOKEN, placeholder

KIND = "day"
VIEWS = placeholder("views")
# What a day shows: its own, orders with their goods and customers, promises, money, and the fleet.
TOPICS = frozenset({"board", "orders", "sync", "money", "fleet"})


@dataclass(frozen=True)
class AskedDay:
    """All that decides what a day says, but for the database.

    ``here``: the day, the search and the filters, as an address says them. ``today``: in ISO 8601.
    """

    here: str
    today: str
    may_plan: bool

    @classmethod
    def named(cls, name: Name) -> Self:
        """Return the day of this name."""
        _kind, here, today, may_plan = name
        return cls(str(here), str(today), bool(may_plan))

    @property
    def name(self) -> Name:
        """Its name among the parts that are kept."""
        return (KIND, *astuple(self))

    def made(self) -> str:
        """Return the element ``#day``; ``TOKEN`` and ``VIEWS`` stand for what is one person's."""
        asked, today = QueryDict(self.here).dict(), dt.date.fromisoformat(self.today)
        day = DayForm.day_of(asked, today=today)
        pool, is_week = PoolForm.asked(asked), asked.get("span") == "week"
        late = late_days(today=today) if day == today else []
        shown = (week_of if is_week else board_of)(day=day, wanted=pool.filter, most=pool.shown)
        page = {"day": day, "today": today, "here": self.here}
        found = {"board": shown, "late": late, "late_number": sum(len(one.stops) for one in late)}
        context = {
            **page,
            **found,
            "week": shown if is_week else None,
            "pool_form": pool,
            "may_plan": self.may_plan,
            "csrf_token": TOKEN,
            "views": SafeString(VIEWS),
            "topics": sorted(TOPICS),
        }
        html = render_to_string("scheduling/_day.html", context)
        return html.replace(HERE, escape(self.here))
