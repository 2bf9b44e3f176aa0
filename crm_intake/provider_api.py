"""One call to a provider's API, and what no answer of it means."""

import http.client
import json
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from django.conf import settings

from crm_intake.errors import AnswerLost, NotTakenNow, TextRefused
from crm_intake.sender import WhileSending
from portal.core.outside_address import AddressRefused
from portal.core.outside_call import Answer, NotConnected, TooLarge, call_outside

TIMEOUT = 20.0
MOST = 2 * 1024 * 1024  # bytes of an answer
LONGEST_PAUSE = 3600.0


def post(
    url: str, *, headers: Mapping[str, str], body: bytes, while_sending: WhileSending
) -> dict[str, Any]:
    """Hand something over; return the JSON of the answer.

    :raises TextRefused: the provider said no, with its own code or the HTTP status.
    :raises NotTakenNow: nothing was handed over.
    :raises AnswerLost: nobody knows whether it was.
    """
    try:
        answer = _call(url, headers=headers, body=body, while_sending=while_sending)
    except (OSError, http.client.HTTPException, TooLarge) as exc:
        raise AnswerLost(type(exc).__name__) from None
    if answer.status >= 500 or answer.status == 408:
        raise AnswerLost(f"HTTP {answer.status}")
    if answer.status >= 300:
        raise TextRefused(_code_of(answer))
    return _read(answer)


def get(url: str, *, headers: Mapping[str, str]) -> dict[str, Any]:
    """Ask for something; return the JSON of the answer.

    :raises NotTakenNow: there was none.
    """
    try:
        answer = _call(url, headers=headers, body=None, while_sending=nullcontext)
    except (OSError, http.client.HTTPException, TooLarge) as exc:
        raise NotTakenNow(type(exc).__name__) from None
    if answer.status != 200:
        raise NotTakenNow(f"HTTP {answer.status}")
    try:
        return _read(answer)
    except AnswerLost as exc:
        raise NotTakenNow(str(exc)) from None


def _call(
    url: str, *, headers: Mapping[str, str], body: bytes | None, while_sending: WhileSending
) -> Answer:
    try:
        answer = call_outside(
            url,
            headers=headers,
            post=body,
            may_be_local=settings.PROVIDER_MAY_BE_LOCAL,
            timeout=TIMEOUT,
            most=MOST,
            while_sending=while_sending,
        )
    except (AddressRefused, NotConnected) as exc:
        raise NotTakenNow(type(exc).__name__) from None
    if answer.status == 429:
        raise NotTakenNow("HTTP 429", seconds=_pause(answer.headers.get("Retry-After")))
    return answer


def _pause(told: str | None) -> float:
    return min(float(told), LONGEST_PAUSE) if told and told.isdecimal() else 5.0


def _code_of(answer: Answer) -> str:
    """Return the provider's own code of an error, or the HTTP status; never its words."""
    try:
        told = _read(answer)
    except AnswerLost:
        told = {}
    code = told.get("code")
    return str(code)[:40] if isinstance(code, int | str) and code else f"HTTP {answer.status}"


def _read(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except ValueError as exc:
        raise AnswerLost("no JSON") from exc
    if not isinstance(told, dict):
        raise AnswerLost("no JSON object")
    return told
