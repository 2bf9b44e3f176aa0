"""The words of the ledger."""

from enum import StrEnum

IMPORTED = "import"  # the source of what was told to another program before


class Kind(StrEnum):
    """What happened."""

    GRANTED = "GRANTED"
    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    REVOKED = "REVOKED"
    RESTART_ASKED = "RESTART_ASKED"
    PROVIDER_BLOCK = "PROVIDER_BLOCK"
    PROVIDER_UNBLOCK = "PROVIDER_UNBLOCK"
    ERASED = "ERASED"


class Purpose(StrEnum):
    """What texts are for: an answer, something that the reader waits for, or to sell.

    A notice confirms a stop, or answers who asks for help about texts. It may follow a stop. A
    question asks who has signed up whether it was really they; it may not. A code lets somebody of
    the business sign in, who has just asked for it.
    """

    REPLY = "REPLY"
    DELIVERY = "DELIVERY"
    MARKETING = "MARKETING"
    NOTICE = "NOTICE"
    QUESTION = "QUESTION"
    CODE = "CODE"
