"""``/driver/day``: all that the phone keeps for a day without signal."""

import hashlib

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_GET

from drivers.selectors.day import business_told, day_of
from drivers.selectors.rules import driver_rules
from portal.accounts.access import SignedInRequest, allow
from portal.accounts.models import Role
from portal.setup.selectors.profile import business_profile


@require_GET
@allow(Role.DRIVER)
def day(request: SignedInRequest) -> HttpResponse:
    """Tell the driver's day; 304 when it is what the phone has."""
    today, profile = timezone.localdate(), business_profile()
    told = {
        "driver": {"id": request.user.pk, "name": request.user.name},
        "today": today,
        "zone": profile.time_zone,
        "positions": driver_rules().keep_positions_days > 0,
        "business": business_told(profile),
        "runs": day_of(driver=request.user, today=today, business=profile),
    }
    text = DjangoJSONEncoder(separators=(",", ":"), sort_keys=True).encode(told)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-store"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    fresh = {"csrf": get_token(request), "told_at": timezone.now()}
    body = f"{DjangoJSONEncoder().encode(fresh)[:-1]},{text[1:]}"
    return HttpResponse(body, content_type="application/json", headers=headers)
