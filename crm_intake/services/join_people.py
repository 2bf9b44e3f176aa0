"""A number is a person's, too: whoever was known under it becomes one with them."""

from django.conf import settings
from django.utils.translation import gettext as _

from crm_intake.errors import NotANumber, NumberIsTheirs
from crm_intake.models import Conversation, FormerPerson, Person, PhoneNumber
from crm_intake.services.join_leads import join_leads
from crm_intake.services.person_of import person_of
from crm_intake.services.record_consent import wait_for_texts_that_begin
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.phone import to_e164

State = Conversation.State
Suspicion = Person.Suspicion
KINDEST_FIRST = (Suspicion.CLEARED, Suspicion.NONE, Suspicion.SUSPECTED, Suspicion.SPAM)


@begins_anew
def join_number(*, person_id: int, number: str, by: User) -> None:
    """Let the number be the person's, with all that was said from there.

    Of two open leads the older goes on (``join_leads``). What each number has agreed to and stopped
    stays its own in the ledger; a stop from one of them holds for all (``standings_of``).

    :raises NotANumber: it is none.
    :raises NumberIsTheirs: they have it already.
    """
    e164 = to_e164(number, country=settings.BUSINESS_COUNTRY)
    if e164 is None:
        raise NotANumber(_("This is no telephone number. Write it with its area code."))
    other = person_of(e164)
    # Who is just being written to or called waits: nothing of theirs is left behind.
    both = Person.objects.filter(pk__in=[person_id, other.pk if other else None])
    people = {one.pk: one for one in both.select_for_update().order_by("pk")}
    if other is None or other.pk == person_id or len(people) != len({person_id, other.pk}):
        raise NumberIsTheirs(_("They have this number already, or have it since just now."))
    person = people[person_id]
    # A stop from one number holds for all as soon as they are one: no text begins meanwhile that
    # asked about its own number alone.
    wait_for_texts_that_begin(
        PhoneNumber.objects.filter(person__in=people).values_list("number", flat=True)
    )
    join_leads(list(people.values()), by=by)
    _join(people[other.pk], into=person)
    record(by=by, what="number added", target=person, new={"joined": str(other.uuid)})
    touch("inbox")


@begins_anew
def name_person(*, person_id: int, name: str, by: User) -> None:
    """Call a person something, or nothing."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person_id)
    person.name = name
    person.save(update_fields=["name"])
    record(by=by, what="person named", target=person)
    touch("inbox")


def _join(other: Person, *, into: Person) -> None:
    for theirs in (other.numbers, other.messages, other.calls, other.texts, other.leads):
        theirs.update(person=into)
    other.notes.update(person=into)
    _join_talks(other, into)
    into.name = into.name or other.name
    into.suspicion = _both(into.suspicion, other.suspicion)
    into.save(update_fields=["name", "suspicion"])
    FormerPerson.objects.filter(person=other).update(person=into)
    FormerPerson.objects.create(uuid=other.uuid, person=into)
    other.delete()


def _both(one: str, other: str) -> str:
    """Return the kinder of two suspicions: whose texts are leads loses none by being joined."""
    return next(kind for kind in KINDEST_FIRST if kind in {one, other})


def _join_talks(other: Person, into: Person) -> None:
    talks = Conversation.objects.filter(person__in=[other, into]).select_for_update()
    by_person = {talk.person_id: talk for talk in talks.order_by("pk")}
    theirs, ours = by_person.get(other.pk), by_person.get(into.pk)
    if theirs is None:
        return
    if ours is None:
        theirs.person = into
        theirs.save(update_fields=["person"])
        return
    ours.unread += theirs.unread
    if State.OPEN in {ours.state, theirs.state}:
        ours.state = State.OPEN
    ours.assigned_to_id = ours.assigned_to_id or theirs.assigned_to_id
    if theirs.last_at > ours.last_at:
        for name in ("last_at", "last_words", "last_was_ours"):
            setattr(ours, name, getattr(theirs, name))
    ours.save()
    theirs.delete()
