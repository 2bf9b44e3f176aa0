"""Who is found by words that were said: in texts, calls and notes."""

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from crm_intake.models import Call, Message, Note, OutgoingText
from crm_intake.models.searched import AS_WRITTEN, BY_STEM, WORDS, WORDS_OF_A_CALL

MOST_FOUND = 500  # the latest of each sort: what a search looks at


class Begun(SearchQuery):
    """A search of the web's kind (quotes, ``or``, a minus) whose last word may only be begun.

    Of one or two letters, as in "number 7", the whole word alone is meant: they begin too many.
    """

    template = (
        "regexp_replace(%(function)s(%(expressions)s)::text,"
        r" '([^[:space:]'']{3,}'')$', '\1:*')::tsquery"
    )


def asked_for(words: str) -> Any:
    """Return the search for these words, as they are written or by their stems."""
    return Begun(words, config=AS_WRITTEN, search_type="websearch") | Begun(
        words, config=BY_STEM, search_type="websearch"
    )


def people_who_said(words: str) -> set[int]:
    """Return the keys of those with whom these words were said or written; one query."""
    asked = asked_for(words)
    texts = _latest(Message.objects.annotate(found=WORDS), asked, "-occurred_at")
    ours = _latest(OutgoingText.objects.annotate(found=WORDS), asked, "-created_at")
    notes = _latest(Note.objects.annotate(found=WORDS), asked, "-written_at")
    calls = _latest(Call.objects.annotate(found=WORDS_OF_A_CALL), asked, "-occurred_at")
    return set(texts.union(ours, notes, calls))


def _latest(said: QuerySet[Any], asked: Any, order: str) -> "QuerySet[Any, int]":
    found = said.filter(found=asked, person__isnull=False).order_by(order)
    return found.values_list("person", flat=True)[:MOST_FOUND]
