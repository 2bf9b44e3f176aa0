"""What of the pool a dispatcher looks at, and under which name it is kept."""

from collections.abc import Mapping
from typing import Self
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scheduling.selectors.pool import MOST, PAGE, PoolFilter, Promised

PROMISED = [
    ("", _("Promised: any day")),
    (Promised.LATE, _("Promised: earlier")),
    (Promised.TODAY, _("Promised: today")),
    (Promised.WEEK, _("Promised: next 7 days")),
    (Promised.NEVER, _("No day promised")),
]


class PoolForm(forms.Form):
    """Search and filters; what makes no sense counts as not asked for."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label=_("Search what is to be scheduled"),
        widget=forms.TextInput(
            {"id": "pool-search", "type": "search", "placeholder": _("Customer, order, product")}
        ),
    )
    promised = forms.ChoiceField(required=False, choices=PROMISED, label=_("Promised"))
    pin = forms.BooleanField(required=False, label=_("Needs a pin"))
    most = forms.IntegerField(required=False, min_value=1, max_value=MOST)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return the form as it was asked for, in the address or beside what was sent."""
        return cls.asked({**request.GET.dict(), **request.POST.dict()})

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> Self:
        """Return the form with these values."""
        form = cls(values)
        form.is_valid()
        return form

    @property
    def filter(self) -> PoolFilter:
        """What is looked for."""
        asked = self.cleaned_data
        promised = asked.get("promised")
        return PoolFilter(
            words=asked.get("q") or "",
            promised=Promised(promised) if promised else None,
            needs_pin=bool(asked.get("pin")),
        )

    @property
    def shown(self) -> int:
        """How many cards are shown."""
        return self.cleaned_data.get("most") or PAGE

    @property
    def next(self) -> int:
        """How many are shown with one page more."""
        return min(self.shown + PAGE, MOST)

    @property
    def query(self) -> str:
        """The search and the filters as an address says them, without how many are shown."""
        asked = {name: self.cleaned_data.get(name) for name in ("q", "promised")}
        words = {name: str(value) for name, value in asked.items() if value}
        return urlencode(words | ({"pin": "on"} if self.cleaned_data.get("pin") else {}))


class ViewForm(forms.Form):
    """A name for the search and the filters in the address."""

    name = forms.CharField(max_length=40, label=_("Name of the view"))
