"""Times and lengths of time, as other programs write them."""

import datetime as dt
import re
import zoneinfo

OLDEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
CLOCKS_DIFFER = dt.timedelta(minutes=10)
EPOCH = re.compile(r"\d{9,16}(\.\d+)?")
LONG = re.compile(r"(?:(\d+):)?(\d+):(\d\d)")
UNREADABLE = "cannot be read as a time: write it as 2024-03-14 17:12, or with a zone behind it"


def moment_of(text: str, *, zone: zoneinfo.ZoneInfo, now: dt.datetime) -> dt.datetime:
    """Return the moment in UTC, whole seconds: ISO 8601, or seconds or milliseconds since 1970.

    :param zone: of what is written without one.
    :raises ValueError: it is none, before 1990, or in the future; in words for people.
    """
    try:
        told = _since_1970(text) if EPOCH.fullmatch(text) else _iso(text, zone)
    except (ValueError, OverflowError):
        raise ValueError(UNREADABLE) from None
    if told < OLDEST:
        raise ValueError("is before 1990")
    if told > now + CLOCKS_DIFFER:
        raise ValueError("is in the future")
    return told.replace(microsecond=0)


def _since_1970(text: str) -> dt.datetime:
    number = float(text)
    digits = len(text.partition(".")[0])
    return dt.datetime.fromtimestamp(number / 10 ** (max(0, (digits - 9) // 3) * 3), dt.UTC)


def _iso(text: str, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    told = dt.datetime.fromisoformat(text.removesuffix(" UTC") + "Z" * text.endswith(" UTC"))
    return told.replace(tzinfo=told.tzinfo or zone).astimezone(dt.UTC)


def seconds_of(text: str) -> int:
    """Return a length of time in whole seconds, from ``65``, ``65.2``, ``1:05`` or ``0:01:05``.

    :raises ValueError: it is none; in words for people.
    """
    parts = LONG.fullmatch(text)
    try:
        hours, minutes, rest = (int(one or 0) for one in parts.groups()) if parts else (0, 0, None)
        length = round(float(text)) if rest is None else (hours * 60 + minutes) * 60 + rest
    except (ValueError, OverflowError):
        length = -1
    if not 0 <= length <= 7 * 24 * 3600:
        raise ValueError("cannot be read as a length of time: write seconds, or 1:05")
    return length
