"""A source knows somebody by name."""

from django.conf import settings

from crm_intake.events import ContactNews
from crm_intake.models import Person
from portal.core.phone import to_e164


def keep_contact(event: ContactNews) -> bool:
    """Name the people with these numbers who have no name yet; return whether there were any.

    In the caller's transaction. Who never wrote or called is nobody here; and a name that stands
    was given by somebody who looked.
    """
    country = settings.BUSINESS_COUNTRY
    numbers = {number for given in event.numbers if (number := to_e164(given, country=country))}
    nameless = Person.objects.filter(numbers__number__in=numbers, name="")
    people = Person.objects.select_for_update().filter(pk__in=nameless.values("pk"))
    return bool(people.update(name=event.name))
