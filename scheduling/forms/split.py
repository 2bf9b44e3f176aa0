"""How much of a load goes on a second truck."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.templatetags.figures import quantity
from scheduling.models import Job
from scheduling.selectors.parts import Line, Room, Share, shares_of, what_does_not_fit

NOTHING = Decimal(0)


class SplitForm(forms.Form):
    """A quantity for each line of a load, of what goes on the second part; empty: nothing.

    ``seen`` is ``Job.moves`` as the page showed it. What is too much for the truck is filled in.
    """

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *, lines: list[Line], room: Room | None, **options: Any) -> None:
        super().__init__(**options)
        self.lines, self.room = lines, room
        for line in lines:
            product, unit = line.move.product, line.move.product and line.move.product.unit
            self.fields[line.key] = forms.DecimalField(
                required=False,
                min_value=NOTHING,
                max_value=line.quantity,
                decimal_places=2,
                label=product.name if product else "",
                help_text=_("of %(number)s %(unit)s")
                % {"number": quantity(line.quantity), "unit": unit},
            )

    @classmethod
    def of(cls, job: Job, lines: list[Line], room: Room | None, asked: Any = None) -> Self:
        """Return the form of a job; ``asked`` is what it was refused for, or asks sums of."""
        unfit = what_does_not_fit(lines, room)
        first = {line.key: _plain(unfit.get(line.move.pk)) for line in lines}
        data = {**asked.dict(), "seen": job.moves} if asked else None
        return cls(lines=lines, room=room, data=data, initial={**first, "seen": job.moves})

    @property
    def leaves(self) -> Mapping[int, Decimal]:
        """How much of each move goes, by the key of its mirror; what is no number is nothing."""
        if not self.is_bound:
            return {line.move.pk: self.initial[line.key] or NOTHING for line in self.lines}
        self.is_valid()
        return {line.move.pk: self.cleaned_data.get(line.key) or NOTHING for line in self.lines}

    @property
    def shares(self) -> tuple[Share, Share]:
        """What stays and what goes, as the form says now."""
        return shares_of(self.lines, self.leaves, self.room)

    @property
    def is_suggested(self) -> bool:
        """Whether somebody has reckoned for the person what is too much."""
        return not self.is_bound and any(self.leaves.values())


def _plain(number: Decimal | None) -> Decimal | None:
    """Return a number without zeros at its end; ``None`` for nothing."""
    return Decimal(quantity(number).replace(",", "")) if number else None
