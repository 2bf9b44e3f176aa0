"""What the pages have in common on which an administrator keeps lists."""

from collections.abc import Callable, Container

from django import forms
from django.http import Http404

from portal.core.errors import UserFacingError


def known_kind(kind: str, rows: Container[str]) -> str:
    """Return the kind, if there is a list of it.

    :raises Http404: there is none.
    """
    if kind not in rows:
        raise Http404
    return kind


def is_added(form: forms.Form, add: Callable[..., object]) -> bool:
    """Put the form's ``values`` on its list; a refusal stands at the first field of the form."""
    if form.is_valid():
        try:
            add(values=form.cleaned_data)
        except UserFacingError as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
    return not form.errors
