"""Post one message to an incoming webhook. Nothing of its address is ever told: it is a secret."""

import http.client
import json
import ssl

from django.conf import settings

from portal.core.outside_address import AddressRefused
from portal.core.outside_call import call_outside

TIMEOUT = 5.0  # seconds, for each step
LONGEST = 4000  # letters: Slack cuts, Mattermost refuses what is much longer


class ChatFailed(Exception):
    """The message did not arrive, or nobody knows; the text says why, without the address."""


def post(url: str, text: str, *, timeout: float = TIMEOUT) -> None:
    """Post the text; an answer of 2xx is success, and no redirect is followed.

    :raises ChatFailed: it has to be tried again, or the address corrected.
    """
    body = json.dumps({"text": text[:LONGEST]}).encode()
    try:
        answer = call_outside(
            url,
            headers={"Content-Type": "application/json"},
            post=body,
            may_be_local=settings.CHAT_MAY_BE_LOCAL,
            timeout=timeout,
        )
    except AddressRefused as exc:
        raise ChatFailed(str(exc)) from None
    except ssl.SSLError:
        raise ChatFailed("The chat's certificate is not to be trusted.") from None
    except (OSError, http.client.HTTPException) as exc:
        # Not chained: a message of these could name the address.
        raise ChatFailed(f"The chat does not answer ({type(exc).__name__}).") from None
    if not 200 <= answer.status < 300:
        raise ChatFailed(f"The chat answered with {answer.status}.")
