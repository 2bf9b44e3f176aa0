"""Who may open which page.

Default deny: everybody must sign in (Django's ``LoginRequiredMiddleware``), and every view that
is not public declares its roles with ``@allow``. A test walks all URLs and refuses a view
without a rule.
"""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from portal.accounts.models import Role, User
from portal.core.http import PortalRequest

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]

EVERYBODY = tuple(Role)


class SignedInRequest(PortalRequest):
    """A request that passed ``@allow``: somebody of a known role sent it."""

    user: User


def allow(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Open the view to people of these roles, and to nobody else.

    The rule stays readable on the view as ``allowed_roles``, for the access test.
    """

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: PortalRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if role_of(request) not in roles:
                raise PermissionDenied(f"{view.__name__} is not open to this role")
            return view(request, *args, **kwargs)

        guarded.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return wrap


def roles_of(view: Callable[..., HttpResponse]) -> frozenset[Role]:
    """Return the roles that a view is open to; none for one without ``@allow``."""
    return getattr(view, "allowed_roles", frozenset())


def role_of(request: PortalRequest) -> Role | None:
    """Return the role of the person who sent the request; ``None`` for a stranger."""
    return Role(request.user.role) if request.user.is_authenticated else None
