"""Somebody wants news by text: they are asked, once, whether it was really they."""

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm_intake.errors import NotANumber, TooManyTries
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import Message, OutgoingText, TextProgram
from crm_intake.selectors.program import (
    WEB_FORM,
    as_shown,
    tried_too_often,
    version_of,
    was_asked_lately,
)
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_text import send_text
from crm_intake.wording.program import disclosure, question, welcome
from portal.core.phone import to_e164


@transaction.atomic
def sign_up(
    *, program: TextProgram, number: str, url: str, ip: str, user_agent: str
) -> OutgoingText | None:
    """Record that the number was entered and the box ticked, and ask there whether to go on.

    Nothing is asked twice a day, nor of who has said stop: who writes from the number itself may.

    :raises NotANumber: it is none.
    :raises TooManyTries: too many numbers were entered within the hour.
    """
    e164 = to_e164(number, country=settings.BUSINESS_COUNTRY)
    if e164 is None:
        raise NotANumber(_("This is no telephone number. Write it with its area code."))
    with connection.cursor() as cursor:  # who comes at the same time is counted, too
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [WEB_FORM])
    if tried_too_often(ip):
        raise TooManyTries(_("Too many have signed up just now. Please try again in an hour."))
    if was_asked_lately(e164):
        return None
    shown = disclosure(as_shown(program))
    record_consent(
        number=e164,
        kind=Kind.REQUESTED,
        purpose=Purpose.MARKETING,
        source=WEB_FORM,
        action="checkbox",
        evidence=Evidence(
            shown=shown,
            shown_version=version_of(shown),
            language=get_language() or "",
            url=url[:500],
            ip=ip,
            user_agent=user_agent[:400],
        ),
    )
    return _ask(program, e164)


def ask_who_wrote(message: Message, program: TextProgram) -> None:
    """Ask who has sent the keyword whether to go on, in the caller's transaction.

    The word comes from the telephone itself: it also takes an earlier stop of answers back.
    """
    for kind, purpose in ((Kind.RESTART_ASKED, None), (Kind.REQUESTED, Purpose.MARKETING)):
        record_consent(
            number=message.sender,
            kind=kind,
            purpose=purpose,
            source="inbound_sms",
            action="keyword",
            evidence=Evidence(message=message, wording=message.text),
            delivery=message.delivery,
            occurred_at=message.occurred_at,
        )
    _ask(program, message.sender)


def welcome_who_agreed(number: str, program: TextProgram) -> None:
    """Confirm it, as the principles ask for; a stop that comes before it goes out refuses it."""
    send_text(number=number, text=welcome(as_shown(program)), purpose=Purpose.REPLY, by=None)


def _ask(program: TextProgram, number: str) -> OutgoingText:
    words = question(as_shown(program))
    return send_text(number=number, text=words, purpose=Purpose.QUESTION, by=None)
