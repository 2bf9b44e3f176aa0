"""What was seen, what was made of it here, and what Odoo has now: what is still to be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from odoo_bridge.merge.authority import RULES, Authority, Rule, Rules
from odoo_bridge.merge.values import Kind, canonical, same

Values = dict[str, Any]  # by Odoo's name of the field


@dataclass(frozen=True)
class Conflict:
    """A field, or a group of them, about which a person decides. All three name the same fields."""

    key: str
    base: Values
    mine: Values
    theirs: Values


@dataclass(frozen=True)
class Merged:
    """``write``: the patch still to be sent. ``kept``: where Odoo's change stands instead of ours.

    Where there are conflicts, nothing of ``write`` is to be sent before a person has decided.
    """

    write: Values = field(default_factory=dict)
    kept: Values = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Sides:
    """One decision: the fields of a group, or a single field, as all three sides have them.

    A field that nobody had seen counts as empty, so that nothing unseen is overwritten.
    """

    key: str
    rules: Rules
    base: Values
    mine: Values
    theirs: Values

    @property
    def left(self) -> list[str]:
        """The fields that were changed here and that Odoo does not have so."""
        not_theirs = self.differing(self.mine, self.theirs)
        return [name for name in self.differing(self.mine, self.base) if name in not_theirs]

    @property
    def against_ours(self) -> list[str]:
        """The fields that were changed in Odoo, and not to what we made of them."""
        not_ours = self.differing(self.theirs, self.mine)
        return [name for name in self.differing(self.theirs, self.base) if name in not_ours]

    def differing(self, one: Values, other: Values) -> list[str]:
        """Return the fields in which two sides differ."""
        return [name for name in self.rules if not self.same(name, one[name], other[name])]

    def same(self, name: str, one: Any, other: Any) -> bool:
        """Say whether two values of the field say the same."""
        return same(self.rules[name].kind, one, other, unit=self.rules[name].unit)


def merge(model: str, base: Values, mine: Values, theirs: Values) -> Merged:
    """Merge the changes in ``mine`` into a record of Odoo.

    ``base`` holds at least what was seen of the fields of ``mine``, ``theirs`` all fields of both;
    fields of ``base`` alone count only in a group of which ``mine`` changes something.

    :raises KeyError: the model or a field is not in the table of authorities, or not in ``theirs``.
    """
    write: Values = {}
    kept: Values = {}
    conflicts: list[Conflict] = []
    for sides in decisions(RULES[model], base, mine, theirs):
        left = sides.left
        if not left:
            continue
        if not sides.against_ours:
            write |= {name: sides.mine[name] for name in left}
            continue
        authority = sides.rules[left[0]].authority
        if authority == Authority.ODOO:
            kept |= {name: sides.theirs[name] for name in left}
        elif authority == Authority.MERGE:
            conflicts.append(Conflict(sides.key, sides.base, sides.mine, sides.theirs))
        else:
            joined = {name: JOINED[authority](sides, name) for name in left}
            # Each side shortened it: the two joined are the base, where we would overwrite theirs.
            back = [name for name in left if sides.same(name, joined[name], sides.base[name])]
            kept |= {name: sides.theirs[name] for name in back}
            after = sides.theirs | joined | {name: sides.theirs[name] for name in back}
            write |= {name: after[name] for name in sides.differing(after, sides.theirs)}
    return Merged(write, kept, tuple(conflicts))


def decisions(rules: Rules, base: Values, mine: Values, theirs: Values) -> list[Sides]:
    """Return what is to be decided, by field or group, in the table's order."""
    changed = {rules[name].group or name for name in mine}
    fields: dict[str, dict[str, Rule]] = {}
    for name, rule in rules.items():
        key = rule.group or name
        if key in changed and (name in mine or name in base):
            fields.setdefault(key, {})[name] = rule
    return [
        Sides(
            key=key,
            rules=names,
            base={name: base.get(name) for name in names},
            mine={name: mine.get(name, base.get(name)) for name in names},
            theirs={name: theirs[name] for name in names},
        )
        for key, names in fields.items()
    ]


def appended(sides: Sides, name: str) -> str:
    """Return their note with what was added to ours; once, however often it is asked for."""
    base, mine, theirs = (str(side[name] or "") for side in (sides.base, sides.mine, sides.theirs))
    kind = sides.rules[name].kind
    addition = mine.removeprefix(base).strip()
    lines, added = (f"\n{canonical(kind, text)}\n" for text in (theirs, addition))
    if added in lines:
        return theirs
    return f"{theirs}\n{addition}" if theirs and kind == Kind.TEXT else f"{theirs}{addition}"


def with_our_ids(sides: Sides, name: str) -> list[int]:
    """Return their ids with ours added, and without those that were removed here."""
    base, mine, theirs = (
        frozenset(side[name] or ()) for side in (sides.base, sides.mine, sides.theirs)
    )
    return sorted((theirs | (mine - base)) - (base - mine))


def furthest(sides: Sides, name: str) -> Any:
    """Return the later state, or the higher reading."""
    rule = sides.rules[name]

    def place(value: Any) -> Any:
        if rule.order:
            return rule.order.index(value)
        return canonical(rule.kind, value, unit=rule.unit)

    return max(sides.theirs[name], sides.mine[name], key=place)


JOINED: Mapping[Authority, Callable[[Sides, str], Any]] = {
    Authority.PORTAL: lambda sides, name: sides.mine[name],
    Authority.APPEND: appended,
    Authority.SET: with_our_ids,
    Authority.FURTHEST: furthest,
}
