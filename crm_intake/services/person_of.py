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
    # Not get_or_create: PostgreSQL would write the number that is there already into its log.
    PhoneNumber.objects.bulk_create(
        [PhoneNumber(number=number, person=person)], ignore_conflicts=True
    )
    kept = PhoneNumber.objects.get(number=number)
    if kept.person_id != person.pk:
        person.delete()
    return kept.person
