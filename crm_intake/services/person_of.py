"""The people behind numbers."""

from collections.abc import Collection, Iterable

from crm_intake.models import Person, PhoneNumber


def person_of(number: str | None) -> Person | None:
    """Return the person with this E.164 number, made if need be; ``None`` without a number."""
    return people_of([number])[number] if number else None


def people_of(numbers: Collection[str]) -> dict[str, Person]:
    """Return the person of each E.164 number, made if need be; one query for those that are known.

    In the caller's transaction. Two at once make one: the number is unique, and who comes second
    waits for the first.
    """
    known = _people(PhoneNumber.objects.select_related("person").filter(number__in=numbers))
    if missing := sorted({number for number in numbers if number not in known}):
        made = Person.objects.bulk_create([Person() for _number in missing])
        pairs = zip(missing, made, strict=True)
        # Not get_or_create: PostgreSQL would write the number that is there already into its log.
        PhoneNumber.objects.bulk_create(
            [PhoneNumber(number=number, person=person) for number, person in pairs],
            ignore_conflicts=True,
        )
        kept = _people(PhoneNumber.objects.filter(number__in=missing).select_related("person"))
        if {one.pk for one in kept.values()} != {one.pk for one in made}:
            Person.objects.filter(pk__in=[one.pk for one in made], numbers=None).delete()
        known |= kept
    return known


def _people(kept: Iterable[PhoneNumber]) -> dict[str, Person]:
    return {one.number: one.person for one in kept}
