"""``/webhook/odoo/<secret>``: Odoo says that a record has changed. It waits for the answer.

Odoo posts within its user's request, one record after the other, and gives each one second: so
nothing is done here but to note the hint, in one statement.
"""

import datetime as dt
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from odoo_bridge.services.note_hint import knows_the_secret, note_hint, note_refused_hint
from odoo_bridge.sync.listeners import LISTENERS

Hint = tuple[str, int]
LARGEST_ID = 2**31 - 1  # Odoo's ids are PostgreSQL integers


@csrf_exempt
@login_not_required
@require_POST
def odoo(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer 202: the hint is noted, and nothing in it is believed."""
    if not request.headers.get("Content-Length"):
        return HttpResponse(status=411)
    try:
        hint = hint_in(request.body)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    now = timezone.now()
    if not note(secret, hint, now):
        note_refused_hint(now=now)
        return HttpResponse(status=404)
    return HttpResponse(status=202 if hint else 400)


def note(secret: str, hint: Hint | None, now: dt.datetime) -> bool:
    """Note a hint about a record that is mirrored; return whether the secret was right."""
    if hint is None or hint[0] not in LISTENERS:
        return knows_the_secret(secret=secret, now=now)
    return note_hint(secret=secret, odoo_model=hint[0], odoo_id=hint[1], now=now)


def hint_in(body: bytes) -> Hint | None:
    """Return the model and the id that a body names, or ``None`` if it names none."""
    try:
        said: Any = json.loads(body)
        odoo_model, odoo_id = said["_model"], said["_id"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    readable = isinstance(odoo_model, str) and type(odoo_id) is int
    return (odoo_model, odoo_id) if readable and 0 < odoo_id <= LARGEST_ID else None
