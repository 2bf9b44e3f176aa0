"""Is this really from Twilio? The address as it was called, and all that was posted, are signed.

``X-Twilio-Signature`` is base64 of HMAC-SHA1, with the account's token as the key, over the address
with its query, followed for a form by each parameter's name and value in the order of the names.
A body of another kind is signed by its SHA-256, which stands in the query as ``bodySHA256``.
Source: Twilio's documentation of webhook security and of webhook requests (read 2026-11-21).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

from crm_intake.source import Post, Verdict, delivery_id
from crm_intake.twilio.form import fields_of, is_form

PORTS = {"http": 80, "https": 443}
SIDS = ("MessageSid", "SmsSid", "CallSid")
STATES = ("MessageStatus", "SmsStatus", "CallStatus", "RecordingSid", "DialCallStatus")


def check(post: Post, *, tokens: Sequence[str]) -> Verdict:
    """Judge a post. ``tokens``: those that may sign, two during a rotation."""
    given = post.headers.get("X-Twilio-Signature", "")
    if not given:
        return Verdict("no signature")
    if not tokens:
        return Verdict("no key for this scheme")
    try:
        fields = fields_of(post.body) if is_form(post.headers) else {}
    except ValueError:
        return Verdict("unreadable form")
    if not fields and not _body_is_as_signed(post):
        return Verdict("wrong body hash")
    told = "".join(name + value for name in sorted(fields) for value in sorted({*fields[name]}))
    if not _signed([address + told for address in spellings(post.url)], given, tokens):
        return Verdict("wrong signature")
    return Verdict(delivery_id=_delivery_id(fields, post.body), about=post.door)


def spellings(url: str) -> list[str]:
    """Return an address as it may have been signed: with the usual port named, and without it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port not in {None, PORTS.get(parts.scheme)}:
        return [url]
    names = [host, f"{host}:{PORTS[parts.scheme]}"] if parts.scheme in PORTS else [parts.netloc]
    return [urlunsplit(parts._replace(netloc=name)) for name in names]


def _body_is_as_signed(post: Post) -> bool:
    [wanted] = parse_qs(urlsplit(post.url).query).get("bodySHA256", [""])[:1]
    found = hashlib.sha256(post.body).hexdigest()
    return not post.body or hmac.compare_digest(wanted.lower().encode(), found.encode())


def _signed(texts: Sequence[str], given: str, tokens: Sequence[str]) -> bool:
    """Compare what was given with every token's signature of every text, in constant time each."""
    good = False
    for token in tokens:
        for text in texts:
            wanted = base64.b64encode(
                hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
            )
            good |= hmac.compare_digest(wanted, given.encode())
    return good


def _delivery_id(fields: Mapping[str, Sequence[str]], body: bytes) -> str:
    """Return what tells a delivery from others: whose it is, and what is told of that.

    Twilio numbers no deliveries: a text comes once, and each of its states once.
    """
    words = [fields[name][0] for name in (*SIDS, *STATES) if fields.get(name)]
    return delivery_id(":".join(dict.fromkeys(words)), body)
