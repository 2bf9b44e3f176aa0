"""Commands that change a record of Odoo: look, merge, write what is left, look again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.html import escape, linebreaks

from odoo_bridge.client import from_odoo_datetime, odoo_datetime
from odoo_bridge.client.values import clean_text
from odoo_bridge.commands import Change
from odoo_bridge.merge.authority import RULES, Authority, Rule
from odoo_bridge.merge.three_way import Conflict, Merged, Values, merge
from odoo_bridge.merge.values import Kind
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox.outcome import Acknowledgement, ChangedInOdoo
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, row_of
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.sync.upsert import upsert

Changes = TypeVar("Changes", bound=Change)
AS_ODOO_TAKES_IT: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: lambda value: clean_text(value) or False,
    Kind.NUMBER: float,
    Kind.DATETIME: lambda value: odoo_datetime(value) if value else False,
    Kind.MANY2ONE: lambda value: value or False,
}
AS_PROMISED: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: lambda value: value or "",
    Kind.NUMBER: lambda value: str(value or 0),
    Kind.MANY2ONE: lambda value: value or 0,
}


def no_more_than_that(_odoo: Sending, _row: Row, write: Values) -> Values:
    """Write the change, and nothing else."""
    return write


@dataclass(frozen=True)
class Changing(Generic[Changes]):
    """How a change becomes an update: its mirror, the record's id, and Odoo's name of each word.

    ``called`` is what the office knows the record as. ``completed`` is what must be written with a
    change of the record as it is, for Odoo to do that and nothing else.
    """

    spec: MirrorSpec
    odoo_id: Callable[[Changes], int]
    words: Mapping[str, str]
    called: str
    completed: Callable[[Sending, Row, Values], Values] = no_more_than_that

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The fields that can be changed, with who decides about them."""
        return RULES[self.spec.odoo_model]

    def change(self, command: Changes, odoo: Sending) -> Acknowledgement:
        """Write what is left of the change, and mirror the record as Odoo has it then.

        :raises ChangedInOdoo: a person must decide; nothing was written.
        :raises OdooRejected: the record is gone, or Odoo said no.
        """
        base = odoo.entry.base
        mine = self.wanted(command, base)
        model, odoo_id = self.spec.odoo_model, self.odoo_id(command)

        def look() -> tuple[Row, Merged]:
            fields = {*base, *mine, "write_uid"}
            row = row_of(odoo, self.spec, odoo_id, called=self.called, also=fields)
            merged = merge(model, base, mine, row)
            if merged.conflicts:
                raise conflict(merged.conflicts, row, odoo)
            return row, merged

        def call(seen: tuple[Row, Merged]) -> None:
            vals = self.completed(odoo, seen[0], seen[1].write)
            odoo.write(model, "write", repeat=Repeat.AT_ONCE, ids=[odoo_id], vals=vals)

        row, _merged = make_true(look, lambda seen: not seen[1].write, call, step=f"{model}.write")

        def acknowledgement() -> None:
            upsert(self.spec, [row], read_at=odoo.began_at)
            tell_followers(odoo.entry, {name: row[name] for name in mine})

        return acknowledgement

    def wanted(self, command: Changes, base: Values) -> Values:
        """Return the fields that the command changes, as Odoo shall have them."""
        given = {word: getattr(command, word) for word in self.words}
        return {
            self.words[word]: self.as_odoo_takes_it(self.words[word], value, base)
            for word, value in given.items()
            if value is not None
        }

    def seen(self, remote: Values, changed: Collection[str], seen: Mapping[str, Any]) -> Values:
        """Return the base of a change of these words: their fields, with their whole groups.

        ``remote`` is the record as mirrored; ``seen``, in words, what the person saw instead.
        """
        names = {self.words[word] for word in changed}
        groups = {self.rules[name].group for name in names} - {""}
        names |= {name for name, rule in self.rules.items() if rule.group in groups}
        shown = {self.words[word]: value for word, value in seen.items()}
        return {name: remote[name] for name in sorted(names & remote.keys())} | {
            name: self.as_odoo_takes_it(name, value, {}) for name, value in shown.items()
        }

    def as_odoo_takes_it(self, name: str, value: Any, base: Values) -> Any:
        """Return a value of ours for a field of Odoo; a note with what it is added to."""
        rule = self.rules[name]
        if rule.kind == Kind.HTML:
            html = linebreaks(escape(clean_text(value)))
            return (base.get(name) or "") + html if rule.authority == Authority.APPEND else html
        return AS_ODOO_TAKES_IT.get(rule.kind, lambda one: one)(value)

    def kept(self, payload: dict[str, Any], mine: Values) -> dict[str, Any]:
        """Return the payload with all of ``mine``: who keeps an address keeps the whole of it."""
        whole = {
            word: AS_PROMISED[self.rules[name].kind](mine[name])
            for word, name in self.words.items()
            if name in mine and payload.get(word) is None
        }
        return {**payload, **whole}

    def given_up(self, payload: dict[str, Any], theirs: Values) -> dict[str, Any]:
        """Return the payload without these fields."""
        return {
            word: None if self.words.get(word) in theirs else value
            for word, value in payload.items()
        }

    def is_empty(self, payload: dict[str, Any]) -> bool:
        """Say whether the payload changes nothing any more."""
        return all(payload.get(word) is None for word in self.words)


def conflict(conflicts: tuple[Conflict, ...], row: Row, odoo: Sending) -> ChangedInOdoo:
    """Say what a person must decide about, and who was the last to write it in Odoo."""
    users = odoo.read(
        "res.users", "search_read", domain=[["id", "=", row["write_uid"]]], fields=["name"]
    )
    name = users[0]["name"] if users else ""
    at = from_odoo_datetime(row["write_date"])
    return ChangedInOdoo(conflicts, changed_by=name, changed_at=at)


def tell_followers(entry: OutboxEntry, written: Values) -> None:
    """Let later changes of the record begin from what this one has made of it.

    They were promised before, and must not be in conflict with ourselves. The caller holds the
    stream's lock.
    """
    later = OutboxEntry.objects.filter(
        stream_id=entry.stream_id,
        seq__gt=entry.seq,
        state=OutboxEntry.State.QUEUED,
        command=entry.command,
        target=entry.target,
    )
    for one in later:
        one.base |= written
        one.save(update_fields=["base"])
