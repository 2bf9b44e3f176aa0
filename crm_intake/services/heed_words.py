"""A text that is about texts: it goes to the ledger, and is no lead.

It is answered where that is ours to do: some words are answered by the provider itself.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from crm_intake.gate.stops import ended_by
from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import LedgerEvent, Message, OfficeTask, TextProgram
from crm_intake.selectors.consent import standing_of
from crm_intake.selectors.last_words import last_text_to, last_words_to
from crm_intake.selectors.program import open_program, question_is_open
from crm_intake.selectors.rules import intake_rules
from crm_intake.senders import SENDERS
from crm_intake.services.record_consent import Evidence, record_consent
from crm_intake.services.send_text import send_text
from crm_intake.services.sign_up import ask_who_wrote, welcome_who_agreed
from crm_intake.wording import Reading, Said, plain_words
from portal.core.phone import for_people
from portal.setup.selectors.profile import business_profile, business_zone

ANSWERS_WITHIN = dt.timedelta(hours=24)
ANSWERED_WITHIN = dt.timedelta(minutes=15)  # a help that comes later helps nobody
LONGEST_KEYWORD = 40  # letters, with what is around it
CONFIRMED_WITHIN = dt.timedelta(minutes=5)  # 47 CFR 64.1200(a)(12)


def heed_words(message: Message, reading: Reading, *, provider_answered: bool) -> bool:
    """Do what a text asks for, in the caller's transaction; return whether it asked for anything.

    :param provider_answered: the source said itself that it has acted on it.
    """
    if reading.stops:
        _stop(message, reading, provider_answered=provider_answered)
    elif reading.said is Said.START:
        _record(message, Kind.RESTART_ASKED)
    elif reading.said is Said.YES:
        return _agree(message) or _answer(message)
    elif (program := _asked_for(message)) is not None:
        ask_who_wrote(message, program)
    elif reading.said is Said.HELP:
        if not (provider_answered or _sender_answers_help(message)):
            _help(message)
    else:
        return False
    return True


def _stop(message: Message, reading: Reading, *, provider_answered: bool) -> None:
    said_before = standing_of(message.sender, before=message.delivery)
    ended = _ended_by(message, reading)
    if ended in said_before.stopped:  # who says it again wants none at all
        ended = None
    event = _record(message, Kind.REVOKED, ended)
    if reading.may_mean_the_order:
        OfficeTask.objects.create(kind=OfficeTask.Kind.MEANT_THE_ORDER, message=message)
    if not (
        provider_answered or Purpose.REPLY in said_before.stopped or _is_answered_there(message)
    ):
        _confirm(message, event)


def _plain(program: TextProgram) -> str:
    return "".join(plain_words(program.keyword))


def _ended_by(message: Message, reading: Reading) -> Purpose | None:
    """Return the kind of texts that the stop ends; ``None`` is all, as for a wrong number."""
    if reading.said is Said.WRONG_NUMBER:
        return None
    received_at = message.delivery.received_at
    return ended_by(
        last_words_to(message.sender, since=received_at - ANSWERS_WITHIN, until=received_at),
        on=timezone.localdate(received_at, business_zone()),
        by_kind_since=intake_rules().stops_by_kind_since,
    )


def _agree(message: Message) -> bool:
    """Take a yes for consent where our question is the last that was said; return whether it was.

    A yes to anything else is an answer to the office.
    """
    asked = standing_of(message.sender).asked
    if not asked or not question_is_open(message.sender, at=message.delivery.received_at):
        return False
    for purpose in sorted(asked):
        _record(message, Kind.CONFIRMED, purpose)
    if program := open_program():
        welcome_who_agreed(message.sender, program)
    return True


def _answer(message: Message) -> bool:
    """Note what a yes answers, where the last that was said asked for one; return whether it did.

    Who has asked finds it there.
    """
    at = message.delivery.received_at
    last = last_text_to(message.sender, since=at - ANSWERS_WITHIN, until=at)
    if last is None or not last.asks:
        return False
    message.answers = last
    message.save(update_fields=["answers"])
    return True


def _asked_for(message: Message) -> TextProgram | None:
    """Return the programme whose word this is, sent by somebody who can be asked."""
    if len(message.text) > LONGEST_KEYWORD or message.person is None:
        return None
    program = open_program()
    said = "".join(plain_words(message.text))
    return program if program and program.keyword and said == _plain(program) else None


def _record(message: Message, kind: Kind, purpose: Purpose | None = None) -> LedgerEvent:
    return record_consent(
        number=message.sender,
        kind=kind,
        purpose=purpose,
        source="inbound_sms",
        action="reply",
        evidence=Evidence(message=message, wording=message.text),
        delivery=message.delivery,
        occurred_at=message.occurred_at,
    )


def _is_answered_there(message: Message) -> bool:
    """Say whether the provider answers these words itself: a second answer is not allowed."""
    sender = SENDERS.get(message.provider)
    return sender is not None and "".join(plain_words(message.text)) in sender.answers_words


def _sender_answers_help(message: Message) -> bool:
    sender = SENDERS.get(message.provider)
    return sender is not None and sender.answers_help


def _confirm(message: Message, event: LedgerEvent) -> None:
    """Confirm a stop, once, within five minutes, and with nothing that sells."""
    if event.purpose:
        words = _(
            "%(business)s: you will get no more news of deliveries by text. Reply STOP once more to"
            " end all texts, START to get them again."
        )
    else:
        words = _(
            "%(business)s: you will get no more texts from us. Reply START to get answers and news"
            " of your deliveries again."
        )
    words %= {"business": business_profile().name}
    _notice(message, words, not_after=event.counts_from + CONFIRMED_WITHIN)


def _help(message: Message) -> None:
    profile = business_profile()
    phone = for_people(profile.phones[0]) if profile.phones else _("us")
    words = _(
        "%(business)s: questions? Call %(phone)s. Reply STOP to get no more texts. Msg & data rates"
        " may apply."
    ) % {"business": profile.name, "phone": phone}
    _notice(message, words, not_after=message.delivery.received_at + ANSWERED_WITHIN)


def _notice(message: Message, words: str, *, not_after: dt.datetime) -> None:
    if message.person is not None:
        send_text(
            number=message.sender,
            text=words,
            purpose=Purpose.NOTICE,
            by=None,
            not_after=not_after,
        )
