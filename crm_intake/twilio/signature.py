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
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

from crm_intake.verdict import Verdict

FORM = "application/x-www-form-urlencoded"
PORTS = {"http": 80, "https": 443}
MOST_FIELDS = 500
SIDS = ("MessageSid", "SmsSid", "CallSid")
STATES = ("MessageStatus", "SmsStatus", "CallStatus", "RecordingSid", "DialCallStatus")


def check(*, url: str, headers: Mapping[str, str], body: bytes, tokens: Sequence[str]) -> Verdict:
    """Judge a post.

    :param url: the public address that Twilio was given, with the query as it came; never one that
        was put together from the request's Host, which anybody can set.
    :param tokens: those that may sign, two during a rotation.
    """
    given = headers.get("X-Twilio-Signature", "")
    if not given:
        return Verdict("no signature")
    if not tokens:
        return Verdict("no key for this scheme")
    try:
        fields = form_fields(headers, body)
    except ValueError:
        return Verdict("unreadable form")
    if not fields and not _body_is_as_signed(url, body):
        return Verdict("wrong body hash")
    told = "".join(name + value for name in sorted(fields) for value in sorted({*fields[name]}))
    if not _signed([address + told for address in spellings(url)], given, tokens):
        return Verdict("wrong signature")
    return Verdict(delivery_id=_delivery_id(fields, body))


def form_fields(headers: Mapping[str, str], body: bytes) -> dict[str, list[str]]:
    """Return what a form posted, by name; nothing for a body of another kind.

    :raises ValueError: it is no form, or has more fields than any of Twilio's.
    """
    if headers.get("Content-Type", "").split(";")[0].strip().lower() != FORM:
        return {}
    fields: dict[str, list[str]] = {}
    text = body.decode("utf-8")
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS):
        fields.setdefault(name, []).append(value)
    return fields


def spellings(url: str) -> list[str]:
    """Return an address as it may have been signed: with the usual port named, and without it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.port not in {None, PORTS.get(parts.scheme)}:
        return [url]
    names = [host, f"{host}:{PORTS[parts.scheme]}"] if parts.scheme in PORTS else [parts.netloc]
    return [urlunsplit(parts._replace(netloc=name)) for name in names]


def _body_is_as_signed(url: str, body: bytes) -> bool:
    [wanted] = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[:1]
    found = hashlib.sha256(body).hexdigest()
    return not body or hmac.compare_digest(wanted.lower().encode(), found.encode())


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
    name = ":".join(dict.fromkeys(words))
    if not name or len(name) > 200 or not name.isprintable():
        return f"sha256:{hashlib.sha256(body).hexdigest()}"
    return name
