"""How allauth signs people in by a code: it is texted through the gate, and lasts a shift."""

import datetime as dt
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_intake.services.send_code import send_code
from portal.accounts.adapter import ClosedSignUp
from portal.accounts.models import Role, User


class CodesByText(ClosedSignUp):
    """The numbers are those that an administrator has entered.

    A number that nobody has, or somebody who may not sign in, is answered like any other, and
    nothing is sent.
    """

    error_messages = ClosedSignUp.error_messages | {
        "incorrect_code": _("This is not the code. Look for the newest text from us."),
        "too_many_login_attempts": _(
            "Too many failed login attempts. Wait some minutes, or ask for a new code."
        ),
    }

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return who may sign in by a code to the number (E.164).

        No administrator: who can have a number moved to another phone would have all of it.
        """
        known = User.objects.exclude(phone="").exclude(role=Role.ADMIN)
        return known.filter(phone=phone, is_active=True).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """Return the number, which an administrator has vouched for."""
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Refuse: nobody enters a number for himself."""
        raise PermissionDenied("An administrator enters the numbers.")

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Do nothing: it was as good before."""

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_: Any) -> None:
        """Text the code; what the gate refuses stands on the person's page for the office."""
        good_for = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        send_code(number=phone, code=code, good_for=good_for)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign the person in: for a shift from now where it was by a code, however it is used."""
        super().login(request, user)
        [*_before, last] = get_authentication_records(request, user) or [{}]
        if last.get("method") == "code":
            shift = dt.timedelta(hours=settings.CODE_LOGIN_HOURS)
            request.session.set_expiry(timezone.now() + shift)
