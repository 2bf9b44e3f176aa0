"""The news that people can sign up for, as it is shown and asked for."""

import datetime as dt
import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _

from crm_intake.ledger.kinds import Kind, Purpose
from crm_intake.models import LedgerEvent, LedgerEvidence, TextProgram
from crm_intake.selectors.last_words import last_words_to
from crm_intake.selectors.ledger import subject_of
from crm_intake.wording.program import Program
from portal.core.phone import for_people
from portal.setup.selectors.profile import business_profile

AN_HOUR, A_DAY = dt.timedelta(hours=1), dt.timedelta(hours=24)
MOST_FROM_AN_ADDRESS = 5  # an hour
MOST_OF_ALL = 200  # an hour
ANSWERED_WITHIN = dt.timedelta(hours=48)
WEB_FORM = "web_form"


def text_program() -> TextProgram | None:
    """Return the programme, whether people may sign up for it or not; one query."""
    return TextProgram.objects.first()


def open_program() -> TextProgram | None:
    """Return the programme that people may sign up for now; one query."""
    return TextProgram.objects.filter(is_open=True).first()


def as_shown(program: TextProgram) -> Program:
    """Return it as its wording needs it; one query."""
    profile = business_profile()
    phone = for_people(profile.phones[0]) if profile.phones else _("us")
    return Program(profile.name, program.about, program.frequency, phone)


def version_of(wording: str) -> str:
    """Return by what a wording is known, however often it is changed to and fro."""
    return hashlib.sha256(wording.encode()).hexdigest()[:12]


def tried_too_often(ip: str) -> bool:
    """Say whether too many have signed up within an hour, from this address or in all."""
    since = timezone.now() - AN_HOUR
    lately = LedgerEvidence.objects.filter(
        event__kind=Kind.REQUESTED, event__source=WEB_FORM, event__recorded_at__gt=since
    )
    of_all, from_there = lately.count(), lately.filter(ip=ip).count()
    return of_all >= MOST_OF_ALL or from_there >= MOST_FROM_AN_ADDRESS


def was_asked_lately(number: str) -> bool:
    """Say whether somebody has signed this number up within a day."""
    events = LedgerEvent.objects.filter(subject=subject_of(number), kind=Kind.REQUESTED)
    return events.filter(recorded_at__gt=timezone.now() - A_DAY).exists()


def question_is_open(number: str, *, at: dt.datetime) -> bool:
    """Say whether the last text that went to the number by then was our question, not long ago."""
    last = last_words_to(number, since=at - ANSWERED_WITHIN, until=at)
    return last is Purpose.QUESTION
