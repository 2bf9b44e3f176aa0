"""Quo as a source."""

import datetime as dt

from django.conf import settings

from crm_intake.quo.asking import ask
from crm_intake.quo.normalise import normalise
from crm_intake.quo.signature import QuoKeys, check
from crm_intake.quo.texts import written
from crm_intake.source import Post, Source, Verdict


def keys() -> QuoKeys:
    """Return the secrets that may sign, and how old a signature may be."""
    return QuoKeys(
        new=tuple(settings.QUO_WEBHOOK_KEY),
        legacy=tuple(settings.QUO_SIGNING_SECRET),
        new_window=dt.timedelta(seconds=settings.QUO_WINDOW_SECONDS),
        legacy_window=dt.timedelta(seconds=settings.QUO_LEGACY_WINDOW_SECONDS),
    )


def judge(post: Post) -> Verdict:
    """Judge a post by its headers and raw body."""
    return check(headers=post.headers, body=post.body, now=post.at, keys=keys())


SOURCE = Source(
    name="quo",
    label="Quo",
    advice="Set QUO_WEBHOOK_KEY, or QUO_SIGNING_SECRET for legacy webhooks.",
    is_set=lambda: bool(settings.QUO_WEBHOOK_KEY or settings.QUO_SIGNING_SECRET),
    check=judge,
    normalise=normalise,
    written=written,
    ask=ask,
    may_be_asked=lambda: bool(settings.QUO_API_KEY),
)
