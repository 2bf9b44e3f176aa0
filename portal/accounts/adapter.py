"""How allauth behaves here: nobody signs up, people are invited."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Accounts are made by an administrator's invitation alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: the sign-up page only says whom to ask."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Do nothing: there are no user names, only e-mail addresses."""
