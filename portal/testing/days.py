"""Days as the pages under test count them."""

import datetime as dt
import zoneinfo

from django.conf import settings
from django.utils import timezone


def business_today() -> dt.date:
    """Return the business's day: in the evening of its zone UTC has another one already."""
    return timezone.localdate(timezone=zoneinfo.ZoneInfo(settings.BUSINESS_TIME_ZONE))
