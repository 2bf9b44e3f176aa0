"""Which columns a table has, whatever the other program called them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from crm_intake.errors import NotImportable


class Rows(StrEnum):
    """What the rows of a table are."""

    CONSENTS = "consents"
    OPT_OUTS = "opt-outs"
    MESSAGES = "messages"
    CALLS = "calls"


NUMBER = (
    *("phone", "phone_number", "number", "phone_e164", "e164", "mobile", "mobile_number", "cell"),
    *("cell_phone", "contact_number", "customer_phone", "msisdn", "telephone", "address"),
)
AT = (
    *("occurred_at", "sent_at", "received_at", "started_at", "timestamp", "datetime", "date_time"),
    *("date", "time", "when", "granted_at", "consented_at", "opted_in_at", "created_at"),
    *("created", "updated_at", "at"),
)
ENDED = ("revoked_at", "opted_out_at", "unsubscribed_at", "withdrawn_at", "ended_at")
STATUS = ("event", "status", "state", "consent", "consented", "opted_in", "subscribed", "type")
WHO = {"number": NUMBER, "name": ("name", "full_name", "contact_name", "customer", "contact")}
SIDES = {
    **WHO,
    "sender": ("from", "from_number", "sender", "from_phone", "caller"),
    "recipient": ("to", "to_number", "recipient", "to_phone", "callee"),
    "direction": ("direction", "dir", "in_out", "inbound_outbound", "type"),
    "at": AT,
}
CONSENT = {
    **WHO,
    "status": (*STATUS, "action", "value", "kind"),
    "at": AT,
    "ended": ENDED,
    "purpose": ("purpose", "category", "message_type", "scope", "topic"),
    "how": ("how", "method", "opt_in_method", "action", "source", "channel"),
    "shown": (
        *("shown", "text_shown", "exact_text_shown", "wording_shown", "disclosure", "consent_text"),
        *("wording", "consent_wording"),
    ),
    "shown_version": ("shown_version", "text_version", "wording_version", "version"),
    "wording": ("said", "raw_text", "reply", "keyword", "raw_message", "reason", "note"),
    "language": ("language", "lang", "locale"),
    "zone": ("zone", "time_zone", "timezone", "tz"),
    "url": ("url", "page", "page_url", "form_url"),
    "ip": ("ip", "ip_address", "remote_ip"),
    "user_agent": ("user_agent", "useragent", "browser"),
    "campaign": ("campaign", "program", "list", "list_name"),
}
COLUMNS: dict[Rows, dict[str, tuple[str, ...]]] = {
    Rows.CONSENTS: CONSENT,
    Rows.OPT_OUTS: CONSENT,
    Rows.MESSAGES: {
        **SIDES,
        "text": ("text", "body", "message", "content", "message_body", "message_text"),
        "fate": ("status", "state", "delivery_status", "message_status"),
    },
    Rows.CALLS: {
        **SIDES,
        "seconds": (
            *("seconds", "duration", "duration_seconds", "duration_s", "length", "talk_time"),
            "call_duration",
        ),
        "answered": ("answered", "was_answered", "picked_up"),
        "missed": ("missed", "is_missed", "was_missed"),
        "outcome": ("status", "outcome", "result", "disposition", "call_status", "state"),
        "voicemail": ("voicemail_text", "voicemail_transcript", "voicemail"),
        "summary": ("summary", "notes", "note"),
        "transcript": ("transcript", "transcription"),
    },
}
# One of each group must be there.
SOMEBODY = ("number", "sender", "recipient")
NEEDED: dict[Rows, tuple[tuple[str, ...], ...]] = {
    Rows.CONSENTS: (("number",), ("status", "ended"), ("at",)),
    Rows.OPT_OUTS: (("number",),),
    Rows.MESSAGES: (SOMEBODY, ("direction", "sender", "recipient"), ("text",), ("at",)),
    Rows.CALLS: (SOMEBODY, ("direction", "sender", "recipient"), ("at",)),
}


@dataclass(frozen=True)
class Columns:
    """``read``: our name of each column that is read, and theirs. ``kept`` are not read."""

    read: dict[str, str]
    kept: tuple[str, ...]


def columns_of(rows: Rows, headers: Sequence[str], said: Mapping[str, str]) -> Columns:
    """Find what is read among the headers; the most telling name first, and each header once.

    :param said: headers by our names, where somebody has said so; others' tables may have them.
    :raises NotImportable: a column is not there that is needed, or two have one name.
    """
    twice = {one for one in headers if headers.count(one) > 1}
    if twice:
        raise NotImportable(
            f"{_where(rows)} has more than one column {_list(twice)}: name them apart."
        )
    if not all(headers):
        raise NotImportable(
            f"{_where(rows)} has a column without a name: the first line must name each column."
        )
    read = {ours: said[ours] for ours in COLUMNS[rows] if said.get(ours) in headers}
    for ours, usual in COLUMNS[rows].items():
        free = {plain(one): one for one in headers if one not in read.values()}
        theirs = next((free[name] for name in usual if name in free), None)
        if theirs is not None:
            read.setdefault(ours, theirs)
    for group in NEEDED[rows]:
        if not read.keys() & set(group):
            raise NotImportable(_missing(rows, group, headers))
    return Columns(read, tuple(one for one in headers if one not in read.values()))


def check_said(said: Mapping[str, str], found: Collection[Columns]) -> None:
    """Refuse a column that somebody named and that no table has."""
    for ours, theirs in said.items():
        if not any(one.read.get(ours) == theirs for one in found):
            raise NotImportable(
                f"--column {ours}={theirs}: no table has a column “{theirs}” that is read as"
                f" “{ours}”."
            )


def plain(header: str) -> str:
    """Return a header as it is looked up: ``Created At`` is ``created_at``."""
    return re.sub(r"[^0-9a-z]+", "_", header.lower()).strip("_")


def _missing(rows: Rows, group: Sequence[str], headers: Sequence[str]) -> str:
    ours = " or ".join(group)
    return (
        f"{_where(rows)} has no column for “{ours}”, which is needed. It has: {_list(headers)}."
        f" Rename one, or say which with --column {group[0]}=NAME."
    )


def _where(rows: Rows) -> str:
    return f"The table of {rows}"


def _list(names: Collection[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in sorted(names)) or "nothing"
