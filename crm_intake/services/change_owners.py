"""Change who gets which new leads."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm_intake.errors import RouteTaken
from crm_intake.models import LeadRoute, LeadTurn
from crm_intake.selectors.rules import intake_rules
from portal.accounts.models import User
from portal.audit.services.record import record


@transaction.atomic
def change_turns(*, owners: Collection[int], by: User) -> None:
    """Let these people get leads by turns, and nobody else; whoever had a turn keeps it.

    :param owners: keys of their mirrors.
    """
    turns = LeadTurn.objects.select_for_update().order_by("pk")
    old = sorted(turns.values_list("owner", flat=True))
    LeadTurn.objects.exclude(owner__in=owners).delete()
    new = [LeadTurn(owner_id=owner) for owner in sorted(owners)]
    LeadTurn.objects.bulk_create(new, ignore_conflicts=True)
    if old != sorted(owners):
        values = {"old": {"owners": old}, "new": {"owners": sorted(owners)}}
        record(by=by, what="lead turns changed", target=intake_rules(), **values)


@transaction.atomic
def add_route(*, kind: str, value: str, owner: int, by: User) -> LeadRoute:
    """Let leads of a number or a territory be somebody's.

    :raises RouteTaken: they are somebody's already.
    """
    try:
        with transaction.atomic():
            route = LeadRoute.objects.create(kind=kind, value=value, owner_id=owner)
    except IntegrityError as exc:  # a_route_leads_to_one_owner
        raise RouteTaken(
            _("%(value)s leads to somebody already: remove that first.") % {"value": value}
        ) from exc
    record(
        by=by,
        what="lead route added",
        target=route,
        new={"kind": kind, "value": value, "owner": owner},
    )
    return route


@transaction.atomic
def remove_route(*, route_id: int, by: User) -> None:
    """Let such leads be anybody's again; one that is gone is no error."""
    route = LeadRoute.objects.select_for_update().filter(pk=route_id).first()
    if route is not None:
        old = {"kind": route.kind, "value": route.value, "owner": route.owner_id}
        record(by=by, what="lead route removed", target=route, old=old)
        route.delete()
