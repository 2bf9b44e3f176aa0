"""How we speak HTTP: one connection a call, no cookies, the key in one place."""

from http.cookiejar import DefaultCookiePolicy

import requests
from requests.auth import AuthBase
from urllib3.exceptions import MaxRetryError, NewConnectionError


class BearerKey(AuthBase):
    """Odoo's API key. An auth object, because a bare header would lose to a ``.netrc`` entry."""

    def __init__(self, key: str) -> None:
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("Odoo's API key is empty, or has a character that no key has.")
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"bearer {self._key}"
        return request

    def __repr__(self) -> str:
        return "<BearerKey>"


def new_session() -> requests.Session:
    """A session that ignores the environment: no variable may send our key through a proxy."""
    session = requests.Session()
    session.trust_env = False
    return without_cookies(session)


def without_cookies(session: requests.Session) -> requests.Session:
    """A key with the session cookie of another user is refused (Odoo 19: base ir_http)."""
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def never_connected(error: requests.RequestException) -> bool:
    """True if certainly no byte of the request was sent: refused, no such name, no trust.

    Other TLS errors can also come while the answer is read, so they prove nothing.
    """
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(error, requests.exceptions.SSLError):
        return "CERTIFICATE_VERIFY_FAILED" in str(reason)
    return isinstance(reason, NewConnectionError)
