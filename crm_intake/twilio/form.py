"""The forms that Twilio posts."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 500
Fields = dict[str, list[str]]


def fields_of(body: bytes) -> Fields:
    """Return what a form posted, by name.

    :raises ValueError: it is no form, or has more fields than any of Twilio's.
    """
    fields: Fields = {}
    text = body.decode("utf-8")
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS):
        fields.setdefault(name, []).append(value)
    return fields


def is_form(headers: Mapping[str, str]) -> bool:
    """Say whether a form was posted."""
    return headers.get("Content-Type", "").split(";")[0].strip().lower() == FORM
