"""``/driver/acts``: what a phone says that was done, answered act by act."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from crm_intake.values import clean
from drivers.forms.acts import FORMS, MOST_ACTS, ActForm, BatchForm, words_of
from drivers.forms.bodies import json_of
from drivers.forms.plain import refusal_of, unreadable
from drivers.models import StopAction
from drivers.services.take_act import WAIT, Answer, Said, take_act
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role, User

MOST_BYTES, MOST_DETAILS = 256 * 1024, 32 * 1024
TOO_LONG = f"This is longer than {MOST_DETAILS // 1024} kB. Say it in fewer words."
log = structlog.get_logger(__name__)


@require_POST
@allow(Role.DRIVER)
def acts(request: SignedInRequest) -> HttpResponse:
    """Take each act, in the order of the phone, and answer each.

    400 names what is wrong with the whole; 409: these are another driver's.
    """
    received_at = timezone.now()
    try:
        said = _body(request)
    except ValueError as wrong:
        return JsonResponse({"error": str(wrong)}, status=400)
    batch = BatchForm(said)
    if not batch.is_valid():
        return JsonResponse({"error": words_of(batch)}, status=400)
    if batch.cleaned_data["driver"] != request.user.pk:
        return JsonResponse({"error": "driver: sign in as the driver who did this."}, status=409)
    ahead = batch.clock_ahead(received_at)
    about = {"by": request.user, "phone": batch.cleaned_data["phone"]}
    answers = [
        _answer(one, **about, ahead=ahead, received_at=received_at)
        for one in sorted(said["acts"], key=_number)
    ]
    told = [{"id": one.id, "verdict": one.verdict, "words": one.words} for one in answers]
    return JsonResponse({"at": received_at, "answers": told})


def _body(request: SignedInRequest) -> dict[str, Any]:
    """Return the body.

    :raises ValueError: it is none, or too much.
    """
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        raise ValueError(f"acts: send at most {MOST_BYTES // 1024} kB at once.")
    said: Any = _storable(json_of(request.body))
    listed = said.get("acts") if isinstance(said, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ValueError("acts: a list of acts is missing.")
    if len(listed) > MOST_ACTS:
        raise ValueError(f"acts: send at most {MOST_ACTS} at once.")
    return dict(said)


def _storable(said: Any) -> Any:
    """Return what was said without letters that no database keeps: halves of others, and none."""
    if isinstance(said, str):
        return clean(said)
    if isinstance(said, list):
        return [_storable(one) for one in said]
    if isinstance(said, dict):
        return {_storable(name): _storable(value) for name, value in said.items()}
    return said


def _number(act: Mapping[str, Any]) -> int:
    number = act.get("n")
    return number if isinstance(number, int) else 0


def _answer(
    act: Mapping[str, Any],
    *,
    by: User,
    phone: UUID,
    ahead: dt.timedelta,
    received_at: dt.datetime,
) -> Answer:
    form = ActForm(act)
    if not form.is_valid():
        words = unreadable(", ".join(form.errors))
        return Answer(act.get("id"), StopAction.Verdict.REFUSED, words)  # type: ignore[arg-type]
    asked = form.cleaned_data
    sent = act.get("details") if isinstance(act.get("details"), dict) else {}
    if len(json.dumps(sent)) > MOST_DETAILS:
        return Answer(asked["id"], StopAction.Verdict.REFUSED, TOO_LONG)
    details = FORMS[asked["what"]](sent)
    said = Said(
        id=asked["id"],
        what=StopAction.What(asked["what"]),
        run=asked["run"],
        by=by,
        at=min(asked["at"] - ahead, received_at),  # the clock may have been put back since
        claim=asked["claim"],
        stop=asked["stop"],
        after=asked["after"],
        details=details.cleaned_data if details.is_valid() else {},
        sent=sent or {},
        refusal="" if details.is_valid() else refusal_of(details),
        phone=phone,
        phone_at=asked["at"],
        number=asked["n"],
    )
    try:
        return take_act(said)
    except Exception:  # one that we cannot take yet must not hold up the others
        log.exception("act is taken later", act=str(said.id))
        return Answer(said.id, WAIT)
