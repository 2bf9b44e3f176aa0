"""What other programs write for yes and no, for in and out, and for what became of a thing."""

from crm_intake.events import Fate
from crm_intake.importing.columns import plain
from crm_intake.ledger.kinds import Purpose

YES = {
    *("granted", "grant", "opt_in", "optin", "opted_in", "in", "yes", "y", "true", "t", "1"),
    *("subscribed", "subscribe", "active", "allowed", "consented", "given", "confirmed", "start"),
    *("accepted", "agreed"),
}
NO = {
    *("revoked", "revoke", "opt_out", "optout", "opted_out", "out", "no", "n", "false", "f", "0"),
    *("unsubscribed", "unsubscribe", "stop", "stopped", "blocked", "suppressed", "dnc", "denied"),
    *("declined", "withdrawn", "removed", "cancelled", "canceled", "inactive", "quit", "end"),
}
PURPOSES = {
    **dict.fromkeys(("", "all", "any", "sms", "texts", "everything", "both")),
    **dict.fromkeys(
        ("marketing", "promotional", "promotion", "promotions", "promo", "advertising", "sales"),
        Purpose.MARKETING,
    ),
    **dict.fromkeys(
        (
            *("delivery", "deliveries", "transactional", "order", "orders", "service", "alerts"),
            *("informational", "notifications", "updates", "appointment", "appointments"),
        ),
        Purpose.DELIVERY,
    ),
    **dict.fromkeys(("reply", "replies", "conversation", "conversational"), Purpose.REPLY),
}
SPOKEN = {"spoken", "verbal", "verbally", "oral", "orally", "phone", "phone_call", "call", "voice"}
INCOMING = {"in", "inbound", "incoming", "received", "receive", "i", "mo", "from_customer"}
OUTGOING = {
    *("out", "outbound", "outgoing", "sent", "send", "o", "mt", "to_customer"),
    *("outbound_api", "outbound_reply", "outbound_call", "outbound_dial"),
}
FATES = {
    **dict.fromkeys(("delivered", "read"), Fate.DELIVERED),
    **dict.fromkeys(
        ("failed", "undelivered", "error", "rejected", "bounced", "not_sent"), Fate.FAILED
    ),
}
ANSWERED = {"answered", "completed", "connected", "accepted", "picked_up"}
MISSED = {
    *("missed", "no_answer", "noanswer", "unanswered", "not_answered", "voicemail", "busy"),
    *("rejected", "declined", "abandoned", "failed", "canceled", "cancelled"),
}


def is_yes(word: str) -> bool | None:
    """Return whether a word says yes; nothing when it says neither yes nor no."""
    said = plain(word)
    if said in YES:
        return True
    return False if said in NO else None


def is_outgoing(word: str) -> bool | None:
    """Return whether the business wrote or called; nothing when the word says neither."""
    said = plain(word)
    if said in OUTGOING:
        return True
    return False if said in INCOMING else None


def fate_of(word: str) -> Fate:
    """Return what became of a text that went out: sent, if no more is said."""
    return FATES.get(plain(word), Fate.SENT)


def is_answered(outcome: str) -> bool | None:
    """Return whether a call was taken; nothing when the word does not say."""
    said = plain(outcome)
    if said in ANSWERED:
        return True
    return False if said in MISSED else None
