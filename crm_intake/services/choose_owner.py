"""Whose a new lead is."""

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from crm_intake.models import LeadRoute, LeadTurn
from crm_intake.territory import closeness
from odoo_bridge.models import Partner
from odoo_bridge.selectors.customers import customers_with
from portal.core.phone import to_e164

WORKING = {"owner__active": True, "owner__deleted_at": None, "owner__odoo_id__isnull": False}
Kind = LeadRoute.Kind


def choose_owner(*, called: str, caller: str) -> int | None:
    """Return Odoo's id of the user who gets the lead; ``None`` leaves it to Odoo's own rules.

    By the number that was called, else by where the caller is, else by turns, else as the
    environment says. In the caller's transaction: whose turn it is stays locked until its end.

    :param called: our number; :param caller: theirs. E.164, or as given.
    """
    return (
        _by_number(called) or _by_territory(caller) or _by_turns() or settings.DEFAULT_LEAD_OWNER_ID
    )


def _routes(kind: Kind) -> QuerySet[LeadRoute]:
    return LeadRoute.objects.filter(kind=kind, **WORKING).select_related("owner")


def _by_number(called: str) -> int | None:
    number = to_e164(called, country=settings.BUSINESS_COUNTRY)
    route = _routes(Kind.NUMBER).filter(value=number).first() if number else None
    return route.owner.odoo_id if route else None


def _by_territory(caller: str) -> int | None:
    routes = list(_routes(Kind.TERRITORY).order_by("value"))
    if not routes:
        return None
    known: list[Partner | None] = [*customers_with(phones=[caller])]
    at = [_close(route, caller, one) for route in routes for one in known or [None]]
    closest, owner = max(at, key=lambda one: one[0])
    return owner if closest else None


def _close(route: LeadRoute, caller: str, customer: Partner | None) -> tuple[int, int | None]:
    state = customer.state.code if customer and customer.state else ""
    postcode = customer.postcode if customer else ""
    close = closeness(route.value, number=caller, state=state, postcode=postcode)
    return close, route.owner.odoo_id


def _by_turns() -> int | None:
    turns = LeadTurn.objects.filter(**WORKING).select_related("owner").order_by("pk")
    waiting = list(turns.select_for_update(of=("self",)))  # all: else two at once take the same
    if not waiting:
        return None
    turn = min(waiting, key=lambda one: (one.last_at is not None, one.last_at, one.pk))
    turn.last_at = timezone.now()
    turn.save(update_fields=["last_at"])
    return turn.owner.odoo_id
