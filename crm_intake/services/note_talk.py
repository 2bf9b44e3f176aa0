"""Something was said: the conversation moves to the top of the inbox."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from crm_intake.models import Conversation, Person
from portal.core.changes import touch

LONGEST = 120
State = Conversation.State


def note_talk(person: Person | None, words: str, *, ours: bool, reopens: bool = True) -> None:
    """Note it, in the caller's transaction and at its end; nothing where nobody is known.

    At the end, because others lock the person and the ledger first, and then this.

    :param ours: we said it; nobody has to read it.
    :param reopens: it wants somebody's attention, even where all was done.
    """
    if person is None:
        return
    now = timezone.now()
    values = {
        "last_at": now,
        "last_words": _shortened(words),
        "last_was_ours": ours,
    }
    Conversation.objects.get_or_create(person=person, defaults=values)
    kept = Conversation.objects.filter(person=person)
    if ours:
        kept.update(**values)
    elif reopens:
        kept.update(**values, unread=F("unread") + 1, state=State.OPEN)
    else:
        kept.update(**values, unread=F("unread") + 1)
    touch("inbox")


def note_old_talk(person: Person, words: str, *, at: dt.datetime, ours: bool) -> None:
    """Note what was told of long after: it can be found, and nobody has to see to it."""
    values = {"last_at": at, "last_words": _shortened(words), "last_was_ours": ours}
    quiet = Conversation(person=person, state=State.DONE, **values)
    Conversation.objects.bulk_create([quiet], ignore_conflicts=True)
    if words:
        Conversation.objects.filter(person=person, last_at__lt=at).update(**values)


def _shortened(words: str) -> str:
    return " ".join(words.split())[:LONGEST]
