"""The person behind a number."""

from crm_intake.models import Person, PhoneNumber


def person_of(number: str | None) -> Person | None:
    """Return the person with this E.164 number, made if need be; ``None`` without a number.

    In the caller's transaction. Two at once make one: the number is unique, and who comes second
    waits for the first.
    """
    if number is None:
        return None
    known = PhoneNumber.objects.select_related("person").filter(number=number).first()
    if known:
        return known.person
    person = Person.objects.create()
    kept, is_new = PhoneNumber.objects.get_or_create(number=number, defaults={"person": person})
    if not is_new:
        person.delete()
    return kept.person
