"""Texts whose sender is no telephone number: they are nobody's, and in no conversation."""

from django.db.models import Q, QuerySet

from crm_intake.models import Message
from crm_intake.models.searched import WORDS
from crm_intake.selectors.conversations import Show
from crm_intake.selectors.found_words import asked_for

MOST = 20


def texts_of_nobody(*, show: Show, words: str) -> tuple[list[Message], bool]:
    """Return the latest of those asked for, and whether there are more; at most one query."""
    if words:
        said = nameless().annotate(found=WORDS).filter(found=asked_for(words))
        which = nameless().filter(Q(pk__in=said.values("pk")) | Q(sender__icontains=words))
    elif show in {Show.OPEN, Show.UNREAD}:
        which = nameless().filter(done_at=None)
    elif show is Show.DONE:
        which = nameless().filter(done_at__isnull=False)
    else:
        return [], False
    listed = list(which.select_related("lead__record", "done_by").order_by("-pk")[: MOST + 1])
    return listed[:MOST], len(listed) > MOST


def nameless() -> QuerySet[Message]:
    """Return all that came in from no number."""
    return Message.objects.filter(person=None, direction=Message.Direction.IN)
