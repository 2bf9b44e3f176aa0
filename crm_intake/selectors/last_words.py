"""The last text that went to a number."""

import datetime as dt

from crm_intake.ledger.kinds import Purpose
from crm_intake.models import Message, OutgoingText


def last_words_to(number: str, *, since: dt.datetime, until: dt.datetime) -> Purpose | None:
    """Return what it was for; ``None`` where nobody knows. Two queries."""
    last = last_text_to(number, since=since, until=until)
    return Purpose(last.purpose) if last else None


def last_text_to(number: str, *, since: dt.datetime, until: dt.datetime) -> OutgoingText | None:
    """Return it; ``None`` where none went, where another of that time may have, or where the last
    was written at the provider: nobody knows here what that was for. Two queries.

    What went ``until`` somebody wrote can be what they answer. Notices count for nothing: they are
    about texts.
    """
    went = OutgoingText.objects.filter(
        number=number, handed_over_at__gt=since, handed_over_at__lte=until
    )
    texts = list(
        went.filter(state__in=[*OutgoingText.DOUBTFUL, *OutgoingText.ARRIVED])
        .exclude(purpose=Purpose.NOTICE)
        .order_by("-handed_over_at", "-pk")
    )
    if not texts or any(one.state in OutgoingText.DOUBTFUL for one in texts[1:]):
        return None
    last = texts[0]
    ours = {f"message:{one.provider_id}" for one in texts if one.provider_id}
    written_there = Message.objects.filter(
        recipient=number,
        direction=Message.Direction.OUT,
        occurred_at__gt=last.handed_over_at,
        occurred_at__lte=until,
    ).exclude(event_key__in=ours)
    return None if written_there.exists() else last
