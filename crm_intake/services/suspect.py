"""Whether what somebody wrote is spam, and no lead."""

from crm_intake.models import Message, Person
from crm_intake.wording.spam import looks_like_spam
from odoo_bridge.selectors.customers import customers_with

Suspicion = Person.Suspicion


def suspect(person: Person | None, text: str) -> bool:
    """Return whether the person is, or comes with this text, under suspicion; keep it.

    In the caller's transaction. Only a stranger is suspected: nobody whom Odoo knows, who was a
    lead before, or to whom we have written.
    """
    if person is None or person.suspicion == Suspicion.CLEARED:
        return False
    if person.suspicion == Suspicion.NONE and looks_like_spam(text) and _is_stranger(person):
        person.suspicion = Suspicion.SUSPECTED
        person.save(update_fields=["suspicion"])
    return person.is_spam


def _is_stranger(person: Person) -> bool:
    written_to = person.messages.filter(direction=Message.Direction.OUT)
    if person.leads.exists() or person.texts.exists() or written_to.exists():
        return False
    numbers = person.numbers.values_list("number", flat=True)
    return not customers_with(phones=list(numbers))
