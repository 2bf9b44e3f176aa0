"""GitHub as a source: ``X-Hub-Signature-256`` is ``sha256=<hex>`` of HMAC-SHA256 over the body.

Nothing stamps it, so nothing is late. Source: GitHub's documentation on validating webhook
deliveries, with its test vector (read 2026-11-21).
"""

import json

from django.conf import settings

from crm_intake.errors import NotUnderstood
from crm_intake.events import Event, OtherEvent
from crm_intake.signatures import is_signed
from crm_intake.source import Post, Source, Verdict, delivery_id
from crm_intake.values import clean


def judge(post: Post) -> Verdict:
    """Judge a post by its headers and raw body; ``about`` is the kind of event."""
    given = post.headers.get("X-Hub-Signature-256", "")
    if not given:
        return Verdict("no signature")
    if not settings.GITHUB_WEBHOOK_SECRET:
        return Verdict("no key for this scheme")
    if not is_signed(post.body, given, settings.GITHUB_WEBHOOK_SECRET):
        return Verdict("wrong signature")
    return Verdict(
        delivery_id=delivery_id(post.headers.get("X-GitHub-Delivery"), post.body),
        about=clean(post.headers.get("X-GitHub-Event"))[:80],
    )


def normalise(body: bytes, about: str) -> Event:
    """Return the event's name and, where it has one, what was done.

    :raises NotUnderstood: it is no JSON object.
    """
    try:
        action = clean(json.loads(body).get("action"))
    except (ValueError, AttributeError, RecursionError) as exc:
        raise NotUnderstood("It is not of a shape that GitHub sends.") from exc
    return OtherEvent(kind=".".join(part for part in (about, action) if part)[:80])


SOURCE = Source(
    name="github",
    label="GitHub",
    advice="Set GITHUB_WEBHOOK_SECRET.",
    is_set=lambda: bool(settings.GITHUB_WEBHOOK_SECRET),
    check=judge,
    normalise=normalise,
)
