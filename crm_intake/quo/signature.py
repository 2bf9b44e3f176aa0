"""Is this really from Quo? Two schemes, both over the raw bytes of the body.

New webhooks (API 2026-03-30) follow Standard Webhooks: ``webhook-id``, ``webhook-timestamp`` in
seconds, ``webhook-signature`` with one or more ``v1,<base64>``. Legacy ones carry
``openphone-signature: hmac;1;<milliseconds>;<base64>``, several with commas between them.
Source: Quo's documentation on signature validation, of 2026-03-30 and its legacy page.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm_intake.quo.envelope import UNREADABLE, envelope
from crm_intake.source import LONGEST_ID, Verdict, delivery_id

NEW_PREFIX = "whsec_"


@dataclass(frozen=True)
class QuoKeys:
    """The secrets that may sign, and how old a signature may be. Two of a kind during rotation."""

    new: tuple[str, ...]
    legacy: tuple[str, ...]
    new_window: dt.timedelta
    legacy_window: dt.timedelta


def check(*, headers: Mapping[str, str], body: bytes, now: dt.datetime, keys: QuoKeys) -> Verdict:
    """Judge a post by its headers and raw body.

    Too old or from the future is not refused but ``late``: duplicates are refused for ever, so a
    replay is harmless, and a skewed clock must not lose a STOP.
    """
    if "webhook-signature" in headers:
        return _check_new(headers, body, now, keys)
    if "openphone-signature" in headers:
        return _check_legacy(headers["openphone-signature"], body, now, keys)
    return Verdict("no signature")


def _check_new(headers: Mapping[str, str], body: bytes, now: dt.datetime, keys: QuoKeys) -> Verdict:
    name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not keys.new:
        return Verdict("no key for this scheme")
    if not name or len(name) > LONGEST_ID:
        return Verdict("no delivery id")
    signed_at = _moment(stamp, per_second=1)
    if signed_at is None:
        return Verdict("unreadable timestamp")
    given = [
        entry.removeprefix("v1,")
        for entry in headers["webhook-signature"].split(" ")
        if entry.startswith("v1,")
    ]
    message = f"{name}.{stamp}.".encode() + body
    secrets = [key.removeprefix(NEW_PREFIX) for key in keys.new]
    if not _signed(message, given, secrets):
        return Verdict("wrong signature")
    return Verdict(delivery_id=name, late=abs(now - signed_at) > keys.new_window)


def _check_legacy(header: str, body: bytes, now: dt.datetime, keys: QuoKeys) -> Verdict:
    if not keys.legacy:
        return Verdict("no key for this scheme")
    parts = [entry.strip().split(";") for entry in header.split(",")]
    entries = [entry for entry in parts if len(entry) == 4 and entry[:2] == ["hmac", "1"]]
    if not entries:
        return Verdict("unknown scheme")
    for _, _, stamp, signature in entries:
        signed_at = _moment(stamp, per_second=1000)
        if signed_at is None:
            return Verdict("unreadable timestamp")
        if _signed(f"{stamp}.".encode() + body, [signature], keys.legacy):
            late = abs(now - signed_at) > keys.legacy_window
            return Verdict(delivery_id=_envelope_id(body), late=late)
    return Verdict("wrong signature")


def _moment(stamp: str, *, per_second: int) -> dt.datetime | None:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 15):
        return None
    try:
        return dt.datetime.fromtimestamp(int(stamp) / per_second, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _signed(message: bytes, given: Iterable[str], secrets: Iterable[str]) -> bool:
    """Compare every signature with every secret, in constant time each."""
    good = False
    signatures = [text.encode() for text in given]
    for secret in secrets:
        key = decoded(secret)
        if key is None:
            continue
        wanted = base64.b64encode(hmac.new(key, message, hashlib.sha256).digest())
        for text in signatures:
            good |= hmac.compare_digest(wanted, text)
    return good


def decoded(secret: str) -> bytes | None:
    """Return a secret's bytes; ``None`` when it is not base64 through and through.

    A decoder that drops bad characters would hide a secret that was pasted wrongly.
    """
    try:
        key = base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key or None


def _envelope_id(body: bytes) -> str:
    """Return the legacy delivery's id: the envelope's, or the body's hash when it has none."""
    try:
        return delivery_id(envelope(body).get("id"), body)
    except UNREADABLE:
        return delivery_id(None, body)
