"""Change what a person is here: the role, the name, the Odoo ids, whether they may sign in."""

from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.errors import EmployeeTaken, LastAdministrator, NumberTaken
from portal.accounts.models import Role, User
from portal.audit.services.record import record_changes
from portal.core.changes import touch


@transaction.atomic
def change_person(*, person_id: int, changes: dict[str, Any], by: User) -> User:
    """Set the given fields (`name phone role is_active odoo_user_id odoo_employee_id`).

    A deactivated person is signed out with their next request.

    :raises LastAdministrator: nobody else could set the portal up.
    :raises EmployeeTaken: somebody else stands for this Odoo employee.
    :raises NumberTaken: somebody else, perhaps deactivated, has this mobile number.
    """
    administrators = list(
        User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True).order_by("pk")
    )
    person = User.objects.select_for_update().get(pk=person_id)
    if administrators == [person] and not _stays_administrator(person, changes):
        raise LastAdministrator("This is the only administrator. Make somebody else one first.")
    # Not left to the constraint: PostgreSQL would write the number into its log. Each change waits
    # above for the one before it.
    others = User.objects.exclude(pk=person_id).exclude(phone="")
    if others.filter(phone=changes.get("phone", "")).exists():
        raise NumberTaken("Somebody else has this mobile number. Change that person first.")
    if not record_changes(by=by, what="person changed", target=person, changes=changes):
        return person
    try:
        with transaction.atomic():
            person.save(update_fields=list(changes))
    except IntegrityError as exc:  # one_active_person_an_odoo_employee
        raise EmployeeTaken(
            "Somebody else has this Odoo employee. Change that person first."
        ) from exc
    touch("people")
    return person


def _stays_administrator(person: User, changes: dict[str, Any]) -> bool:
    role = changes.get("role", person.role)
    return bool(role == Role.ADMIN and changes.get("is_active", person.is_active))
