"""Whether a number may be written to. A stop counts from the moment it was stored."""

from crm_intake.models import ConsentEvent, StopMark

SAID_STOP = "person_said_stop"


def refusing_rule(number: str) -> str:
    """Return the rule by which no text may go to this number now; an empty text when none.

    A stop is never lifted by a word alone: asking to start again is recorded, and people decide.
    """
    stopped = (
        StopMark.objects.filter(number=number).exists()
        or ConsentEvent.objects.filter(number=number, kind=ConsentEvent.Kind.REVOKED).exists()
    )
    return SAID_STOP if stopped else ""
