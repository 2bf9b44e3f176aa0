"""Hand a text that waits to the provider: never twice, and never after a stop."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from crm_intake.errors import AnswerLost, NotTakenNow, StoppedMeanwhile, TextRefused
from crm_intake.gate.decision import TOO_LATE, Decision, Verdict
from crm_intake.gate.judge import can_send
from crm_intake.ledger.kinds import Purpose
from crm_intake.ledger.standing import SAID_STOP
from crm_intake.models import Message, OutgoingText
from crm_intake.selectors.bill import price_now
from crm_intake.selectors.consent import shared_numbers, standing_of
from crm_intake.selectors.facts import facts_of
from crm_intake.sender import Sender
from crm_intake.services.follow_text import follow_text
from crm_intake.services.note_failure import note_failure
from crm_intake.services.text_states import move
from portal.core.changes import touch
from portal.core.pace import pause, wait_for_turn

State = OutgoingText.State
log = structlog.get_logger(__name__)
# A stop takes the same lock in the statement that stores it (``store_delivery``): what it cannot
# wait for has begun before it was answered.
LOCK = "select pg_advisory_lock(hashtextextended(%s, 1))"
UNLOCK = "select pg_advisory_unlock(hashtextextended(%s, 1))"


def deliver_next(sender: Sender) -> bool:
    """Hand over the text that waits longest; return whether to go on with the next.

    Whether it may be sent is asked once more in the transaction that marks it as being sent, and
    stops once more before its first byte goes out.
    """
    most = settings.TEXTS_PER_SECOND
    if not anything_waits() or not wait_for_turn(sender.name, per_second=most):
        return False
    taken = take_next(sender)
    if taken is None:
        return False
    if taken.state != State.SENDING:
        return True
    try:
        hand_over(taken, sender)
    except NotTakenNow as why:
        log.warning("text_not_taken", provider=sender.name, why=str(why))
        settle(taken, State.QUEUED)
        pause(sender.name, why.seconds)
        return False
    return True


def hand_over(taken: OutgoingText, sender: Sender) -> None:
    """Give a text to the provider, and store what became of it.

    :raises NotTakenNow: nothing was handed over, and nothing is stored.
    """
    try:
        provider_id = sender.send(taken.number, taken.words, lambda: no_stop_meanwhile(taken))
    except StoppedMeanwhile:
        settle(taken, State.REFUSED, rule=SAID_STOP)
    except TextRefused as refusal:
        settle(taken, State.FAILED, failure=refusal.code)
        note_failure(taken, refusal.code)
    except AnswerLost as why:
        log.warning("text_answer_lost", provider=sender.name, why=str(why))
        settle(taken, State.UNKNOWN)
    else:
        settle(taken, State.SENT, provider_id=provider_id)


def waiting(now: dt.datetime) -> QuerySet[OutgoingText]:
    """Return the texts whose turn it is."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return OutgoingText.objects.filter(due, state__in=OutgoingText.WAITING)


def anything_waits() -> bool:
    """Say whether there is one."""
    return waiting(timezone.now()).exists()


def anything_to_do() -> bool:
    """Say whether a text waits for its turn or its answer; one query, asked all the time."""
    under_way = OutgoingText.objects.filter(state__in=[State.SENDING, State.UNKNOWN])
    return (waiting(timezone.now()) | under_way).exists()


def decide_now(text: OutgoingText, now: dt.datetime) -> Decision:
    """Ask the gate about a text whose turn it is."""
    facts = facts_of(text.number, at=now, but=text)
    if text.not_after is not None and now > text.not_after:
        return TOO_LATE
    decision = can_send(
        facts, purpose=Purpose(text.purpose), text=text.words, at=now, category=text.category
    )
    return decision.unless_later_than(text.not_after)


@transaction.atomic
def take_next(sender: Sender) -> OutgoingText | None:
    """Take the text that waits longest, and mark what becomes of it now."""
    now = timezone.now()
    text = waiting(now).order_by("pk").select_for_update(skip_locked=True).first()
    if text is None:
        return None
    if text.state == State.HELD:
        move(text, State.QUEUED)
    decision = decide_now(text, now)
    text.rule, text.not_before = decision.rule, decision.until
    if decision.verdict is Verdict.ALLOW:
        move(text, State.SENDING)
        text.provider, text.handed_over_at = sender.name, now
        text.asked_at, text.looks = None, 0
        text.segment_price, text.currency = price_now()
    else:
        move(text, State.HELD if decision.verdict is Verdict.HOLD else State.REFUSED)
    text.settled_at = now if text.state == State.REFUSED else None
    text.save()
    touch("inbox")
    return text


@contextmanager
def no_stop_meanwhile(text: OutgoingText) -> Iterator[None]:
    """Keep a stop from any number of the person from being answered while the first bytes go out.

    :raises StoppedMeanwhile: one was, before.
    :raises NotTakenNow: the locks were not to be had, or the person has another number by now.
    """
    numbers = _numbers_beside(text.number)
    with ExitStack() as locked:
        try:
            for number in numbers:  # in one order: two senders to one person wait, and go on
                locked.enter_context(_lock(number))
        except OperationalError as why:  # the loser of a deadlock
            raise NotTakenNow(type(why).__name__, seconds=0) from why
        if _numbers_beside(text.number) != numbers:
            raise NotTakenNow("other numbers", seconds=0)
        if standing_of(text.number).refuses(Purpose(text.purpose), text.category):
            raise StoppedMeanwhile
        yield


def _numbers_beside(number: str) -> list[str]:
    return sorted(shared_numbers([number]).get(number, {number}))


@contextmanager
def _lock(number: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [number])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(UNLOCK, [number])


@transaction.atomic
def settle(
    taken: OutgoingText,
    state: State,
    *,
    rule: str = "",
    failure: str = "",
    provider_id: str = "",
) -> None:
    """Store what became of a text that was being sent, unless somebody has found that out."""
    text = OutgoingText.objects.select_for_update().get(pk=taken.pk)
    if text.state != State.SENDING or text.handed_over_at != taken.handed_over_at:
        return
    move(text, state)
    now = timezone.now()
    text.rule, text.failure, text.provider_id = rule, failure, provider_id
    text.settled_at = None if state in {State.QUEUED, State.UNKNOWN} else now
    text.save()
    if told := news_of(text):
        follow_text(told)
    touch("inbox")


def news_of(text: OutgoingText) -> Message | None:
    """Return what the provider told of a text before its own answer was stored."""
    if not text.provider_id:
        return None
    key = f"message:{text.provider_id}"
    return Message.objects.filter(provider=text.provider, event_key=key, direction="OUT").first()
