"""Twilio as a source: texts at ``sms``, calls at ``voice``, what became of ours at ``status``."""

from django.conf import settings

from crm_intake.source import Accepted, Post, Source, Verdict
from crm_intake.twilio.asking import ask
from crm_intake.twilio.normalise import SMS, STATUS, VOICE, normalise, written
from crm_intake.twilio.signature import check


def judge(post: Post) -> Verdict:
    """Judge a post by the address, the headers and the raw body."""
    return check(post, tokens=settings.TWILIO_AUTH_TOKEN)


SOURCE = Source(
    name="twilio",
    label="Twilio",
    advice="Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
    is_set=lambda: bool(settings.TWILIO_AUTH_TOKEN),
    check=judge,
    normalise=normalise,
    written=written,
    ask=ask,
    may_be_asked=lambda: bool(settings.TWILIO_AUTH_TOKEN),
    doors=(SMS, VOICE, STATUS),
    # Without a TwiML document Twilio warns, and tells a caller of an application error.
    accepted=Accepted(200, "text/xml", b"<Response/>"),
)
