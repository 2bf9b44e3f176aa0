"""Fetch a file from where a source keeps it."""

import base64
import http.client
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from crm_intake.errors import MediaGone, MediaNotThere
from crm_intake.media.kinds import kind_of
from portal.core.outside_address import AddressRefused
from portal.core.outside_call import Answer, TooLarge, call_outside

MOST = 16 * 1024 * 1024  # bytes: three times what a carrier lets through
TIMEOUT = 20.0
REDIRECTS = 3
LATER = {408, 425, 429}


def fetch(url: str) -> tuple[bytes, str]:
    """Return a file and its type.

    :raises MediaNotThere: it may be there later.
    :raises MediaGone: it will never be kept; the text says why.
    """
    first_host = urlsplit(url).hostname
    for _hop in range(1 + REDIRECTS):
        # The source's password goes to the source, and not to where that sends us.
        answer = _answer(url, with_login=urlsplit(url).hostname == first_host)
        if answer.status not in {301, 302, 303, 307, 308}:
            return _file(answer)
        url = urljoin(url, answer.headers.get("Location", ""))
    raise MediaGone("It leads from one address to the next.")


def _answer(url: str, *, with_login: bool) -> Answer:
    try:
        return call_outside(
            url,
            headers=_login_for(url) if with_login else {},
            may_be_local=settings.MEDIA_MAY_BE_LOCAL,
            timeout=TIMEOUT,
            most=MOST,
        )
    except AddressRefused as exc:
        raise MediaGone(str(exc)) from None
    except TooLarge:
        raise MediaGone(f"It is larger than {MOST // 1024 // 1024} MB.") from None
    except (OSError, http.client.HTTPException) as exc:
        # Not chained: a message of these could name the address, which may be a secret.
        raise MediaNotThere(f"No answer ({type(exc).__name__}).") from None


def _login_for(url: str) -> dict[str, str]:
    """Return Twilio's log-in for an address of Twilio's API, and nothing for any other."""
    ours, asked = urlsplit(settings.TWILIO_API_URL), urlsplit(url)
    if not settings.TWILIO_AUTH_TOKEN or (asked.scheme, asked.netloc) != (ours.scheme, ours.netloc):
        return {}
    words = f"{settings.TWILIO_ACCOUNT_SID}:{settings.TWILIO_AUTH_TOKEN[0]}"
    return {"Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def _file(answer: Answer) -> tuple[bytes, str]:
    if answer.status >= 500 or answer.status in LATER:
        raise MediaNotThere(f"The source answered with {answer.status}.")
    if answer.status != 200:
        raise MediaGone(f"The source answered with {answer.status}.")
    kind = kind_of(answer.body)
    if kind is None:
        raise MediaGone("It is no picture, recording, film or PDF.")
    return answer.body, kind
