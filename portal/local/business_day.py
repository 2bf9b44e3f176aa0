"""The day for which sample data is made, where Django is not there to ask."""

import datetime as dt
import os
import zoneinfo

from portal.settings.env import Env  # noqa: TID251 - the settings' own first value


def business_day() -> dt.date:
    """Return the day of a business that has not chosen its time zone yet."""
    first = Env.model_fields["BUSINESS_TIME_ZONE"].default
    zone = zoneinfo.ZoneInfo(os.environ.get("BUSINESS_TIME_ZONE", first))
    return dt.datetime.now(tz=zone).date()  # noqa: TID251 - Django is not here
