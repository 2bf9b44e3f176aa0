"""Telephone numbers, always as E.164 text (``+15550100123``)."""

import phonenumbers


def to_e164(text: str, *, country: str) -> str | None:
    """Return the number as E.164, or ``None`` when the text is no telephone number.

    :param country: ISO 3166 code; how a number without a country code is read.
    """
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def for_people(e164: str) -> str:
    """Return an E.164 number as people of its country write it, with the country code."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
