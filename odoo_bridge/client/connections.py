"""What every connection needs: an address, a key, and a session that keeps nothing."""

from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import MaxRetryError, NewConnectionError


class BearerKey(AuthBase):
    """Odoo's API key. An auth object, because a bare header would lose to a ``.netrc`` entry."""

    def __init__(self, key: str) -> None:
        self._key = checked_key(key)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"bearer {self._key}"
        return request

    def __repr__(self) -> str:
        return "<BearerKey>"


class Unsigned(AuthBase):
    """No header at all. Without it ``requests`` would look for one in a ``.netrc``."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def checked_key(key: str) -> str:
    """``key``, if it can be one.

    :raises ValueError: it cannot; the key is not quoted.
    """
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ValueError("Odoo's API key is empty, or has a character that no key has.")
    return key


def clean_address(base_url: str) -> str:
    """Odoo's address without a slash at its end.

    :raises ValueError: it is no HTTP address, or has a password in it.
    """
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.hostname or address.username:
        raise ValueError("Odoo's address must look like https://odoo.example.com")
    return base_url.rstrip("/")


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
