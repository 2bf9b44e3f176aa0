"""Which mirrors a record of Odoo shows in, and by which path they are found from it."""

from collections import defaultdict
from dataclasses import dataclass

from odoo_bridge.sync.columns import Column, MirrorSpec
from odoo_bridge.sync.specs import SPECS


@dataclass(frozen=True)
class Listener:
    """A mirror, the field by which its records are found, and the column that shows that field."""

    spec: MirrorSpec
    path: str = "id"
    column: Column | None = None

    @property
    def stored(self) -> str:
        """The column of the mirror that holds the ids asked for."""
        return self.column.stored if self.column else "odoo_id"


def _listeners() -> dict[str, list[Listener]]:
    found: defaultdict[str, list[Listener]] = defaultdict(list)
    models = {spec.model: spec for spec in SPECS}
    for spec in SPECS:
        found[spec.odoo_model].append(Listener(spec))
        if spec.tells and spec.tells != spec.odoo_model:
            found[spec.tells].append(Listener(spec))
        for path, odoo_model in spec.inherits:
            column = next(column for column in spec.columns if column.odoo == path)
            found[odoo_model].append(Listener(spec, path, column))
        if spec.whole:
            whole = models[spec.target_of(spec.whole)]
            found[whole.odoo_model].append(Listener(spec, spec.part_of, spec.whole))
    return dict(found)


LISTENERS = _listeners()
