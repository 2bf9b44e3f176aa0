"""Add a person, and mail them a link by which they choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.errors import AddressTaken
from portal.accounts.models import Role, User
from portal.audit.services.record import record
from portal.core.changes import touch


@transaction.atomic
def invite_person(
    *, email: str, name: str, role: Role, business_name: str, by: User | None
) -> User:
    """Add a person who cannot sign in yet, and mail the invitation after commit.

    :raises AddressTaken: somebody has this address, perhaps somebody deactivated.
    """
    person = User(email=email.lower(), name=name, role=role)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as exc:  # one_person_an_email_address
        raise AddressTaken(f"{email} is in the list already. Change that person instead.") from exc
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    record(by=by, what="person invited", target=person, new={"email": email, "role": role})
    touch("people")
    send_invitation(person=person, business_name=business_name)
    return person


def send_invitation(*, person: User, business_name: str) -> None:
    """Mail the link once the caller's transaction commits; it is good for three days."""
    link = settings.PUBLIC_URL + reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    text = render_to_string(
        "accounts/invitation.txt",
        {"person": person, "link": link, "business_name": business_name},
    )
    transaction.on_commit(
        lambda: send_mail(
            subject=f"Your access to {business_name}",
            message=text,
            from_email=None,
            recipient_list=[person.email],
        ),
        robust=True,
    )
