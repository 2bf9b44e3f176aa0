"""Which texts and calls a provider has told of itself: an import of them would be seen twice."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from crm_intake.importing.facts import CallTold, TextTold, Told
from crm_intake.ledger.kinds import IMPORTED
from crm_intake.models import Call, Message

CLOCKS_DIFFER = dt.timedelta(minutes=2)
What = tuple[str, bool, str]  # number, whether we wrote or called, words


class ToldHere:
    """What providers have told of some numbers; two queries."""

    def __init__(self, numbers: Sequence[str]) -> None:
        self._times: defaultdict[What, list[dt.datetime]] = defaultdict(list)
        texts = Message.objects.filter(Q(sender__in=numbers) | Q(recipient__in=numbers))
        kept = texts.exclude(provider=IMPORTED).values_list(
            "direction", "sender", "recipient", "text", "occurred_at"
        )
        for direction, sender, recipient, text, at in kept:
            outgoing = direction == Message.Direction.OUT
            self._add((recipient if outgoing else sender, outgoing, text.strip()), at)
        calls = Call.objects.filter(Q(caller__in=numbers) | Q(callee__in=numbers))
        rows = calls.exclude(provider=IMPORTED).values_list(
            "outgoing", "caller", "callee", "occurred_at"
        )
        for outgoing, caller, callee, at in rows:
            self._add((callee if outgoing else caller, outgoing, ""), at)

    def _add(self, what: What, at: dt.datetime) -> None:
        self._times[what].append(at)

    def has(self, told: Told) -> bool:
        """Say whether it is here already, within what clocks differ."""
        if not isinstance(told, TextTold | CallTold) or told.at is None:
            return False
        words = told.text.strip() if isinstance(told, TextTold) else ""
        return _near(told.at, self._times.get((told.number, told.outgoing, words), ()))


def _near(at: dt.datetime, times: Iterable[dt.datetime]) -> bool:
    return any(abs(one - at) <= CLOCKS_DIFFER for one in times)
