"""All that a driver's phone needs for a day without signal."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, Sum
from django.urls import reverse

from drivers.models import Collection, Drive, StopAction
from drivers.selectors.claims import claim_of
from drivers.selectors.left_stops import LeftStop, leaving, left_stops, left_told
from drivers.selectors.lost_links import lost_at
from drivers.selectors.needs import Wanted, wanted
from drivers.selectors.ticket_words import address_of
from drivers.selectors.tickets_told import tickets_told
from portal.accounts.models import User
from portal.core.phone import for_people
from portal.setup.models import BusinessProfile
from scheduling.models import Job, Place, PlacePhoto, Run, Stop
from scheduling.selectors.board import StopCard, stops_of
from scheduling.selectors.jobs import brought, moves_of

ONE_DAY = dt.timedelta(days=1)
Told = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What the stops of a day are told with; by the keys of places and stops."""

    driver: User
    wants: Wanted
    pictures: Mapping[int, list[PlacePhoto]]
    taken: Mapping[int, Decimal]
    tickets: Mapping[int, Told]
    lost: Mapping[int | None, str]


def day_of(*, driver: User, today: dt.date, business: BusinessProfile) -> list[Told]:
    """Return the driver's runs of yesterday that are not done, of today and of tomorrow.

    As many queries however many stops there are.
    """
    not_done = Q(day=today - ONE_DAY, stops__job__state=Job.State.SCHEDULED)
    runs = Run.objects.filter(
        not_done | Q(day__range=(today, today + ONE_DAY)), driver__user=driver
    )
    runs = runs.distinct().select_related("truck__vehicle", "drive").order_by("starts_at", "pk")
    acts = Prefetch("actions", StopAction.objects.select_related("decision").order_by("pk"))
    listed = list(runs.prefetch_related(acts))
    left = left_stops(listed)
    stops = stops_of(listed, beside=[one.job for one in left])
    known = Known(
        driver=driver,
        wants=wanted(),
        pictures=pictures_of([*stops.stops, *left]),
        taken=taken_at(listed),
        tickets=tickets_told(stops.stops, business=business, today=today),
        lost=lost_at(listed),
    )
    return [
        run_told(run, [one for one in left if one.run == run], stops.of(run), known)
        for run in listed
    ]


def pictures_of(stops: Iterable[Stop | LeftStop]) -> Mapping[int, list[PlacePhoto]]:
    """Return the pictures of the places of these stops, by the key of the place; one query."""
    places = {stop.job.place_id for stop in stops}
    found: defaultdict[int, list[PlacePhoto]] = defaultdict(list)
    for picture in PlacePhoto.objects.filter(place__in=places).order_by("pk"):
        found[picture.place_id].append(picture)
    return found


def taken_at(runs: Iterable[Run]) -> Mapping[int, Decimal]:
    """Return the money that was taken at each stop of these runs, by its key; one query."""
    sums = Collection.objects.filter(stop__run__in=runs).values("stop").annotate(sum=Sum("amount"))
    return {row["stop"]: row["sum"] for row in sums}


def run_told(run: Run, left: Iterable[LeftStop], cards: Sequence[StopCard], known: Known) -> Told:
    """Return a run as the phone reads it; where nothing was handed over comes first."""
    drive: Drive | None = getattr(run, "drive", None)
    acts: list[StopAction] = list(run.actions.all())
    of_stops: defaultdict[int | None, list[StopAction]] = defaultdict(list)
    for act in acts:
        of_stops[act.stop_id].append(act)
    driven_to = [card.card.job for card in cards if not card.is_cancelled]
    return {
        "uuid": run.uuid,
        "day": run.day,
        "truck": str(run.truck),
        "trip": run.trip,
        "starts_at": run.starts_at,
        "ends_at": run.ends_at,
        "started_at": drive and drive.started_at,
        "ended_at": drive and drive.ended_at,
        **acts_told(act for act in acts if act.job_id is None),
        "needs": known.wants.of_run(driven_to),
        "stops": [
            *(stop_told(one.card, one.acts, known) for one in left),
            *(stop_told(card, of_stops[card.stop.pk], known) for card in cards),
        ],
    }


def acts_told(acts: Iterable[StopAction]) -> Told:
    """Return which acts the server has, and what was done by them, each once."""
    listed, refused = list(acts), StopAction.Verdict.REFUSED
    return {
        "acts": [str(act.submission_id) for act in listed],
        "did": sorted({act.what for act in listed if act.verdict != refused}),
    }


def is_excused(acts: Iterable[StopAction]) -> bool:
    """Say whether the driver has said why no money was taken."""
    refused, money = StopAction.Verdict.REFUSED, StopAction.What.COLLECTED
    return any(act.details.get("instead_of") == money and act.verdict != refused for act in acts)


def stop_told(card: StopCard, acts: Sequence[StopAction], known: Known) -> Told:
    """Return a stop as the phone reads it, with the acts there."""
    job, stop = card.card.job, card.stop
    earliest, latest = job.window_from, job.window_until
    left = leaving(acts) if is_off(card) else None
    return {
        "uuid": stop.uuid,
        "claim": claim_of(stop, driver_id=known.driver.pk),
        "number": card.number,
        "kind": job.kind,
        "order": card.card.order,
        "customer": card.card.customer,
        "address": card.card.address,
        "phone": card.phone,
        **place_told(job.place, known.pictures),
        "window": [earliest, latest] if earliest and latest else None,
        "load": load_told(job),
        "total": card.card.total,
        "collect": card.collect,
        "collected": known.taken.get(stop.pk, Decimal(0)),
        "currency": card.card.currency,
        "needs": known.wants.of_stop(job),
        "ticket": known.tickets.get(stop.pk),
        "card_failed": known.lost.get(stop.pk, ""),
        "state": "LEFT" if left else state_of(card),
        "done_at": stop.done_at,
        "left": left and left_told(left),
        **acts_told(acts),
        "excused": is_excused(acts),
    }


def place_told(place: Place | None, pictures: Mapping[int, list[PlacePhoto]]) -> Told:
    """Return what the driver must know of a place."""
    if place is None:
        return {"point": None, "drop_spot": "", "notes": "", "limits": {}, "pictures": []}
    point = place.point
    limits = {
        "width": place.most_width,
        "height": place.most_height,
        "weight": place.most_weight,
    }
    return {
        "point": [point.latitude, point.longitude] if point else None,
        "drop_spot": place.drop_spot,
        "notes": place.notes,
        "limits": {name: most for name, most in limits.items() if most is not None},
        "pictures": [
            {"url": reverse("scheduling:place-picture", args=[one.uuid]), "caption": one.caption}
            for one in pictures.get(place.pk, ())
        ],
    }


def load_told(job: Job) -> list[Told]:
    """Return what a job brings, move by move; its transfer's moves are loaded."""
    return [
        {
            "move": move.pk,
            "product": move.product.name,
            "quantity": f"{brought(move).normalize():f}",
            "unit": move.product.unit,
        }
        for move in moves_of(job)
        if move.product
    ]


def is_off(card: StopCard) -> bool:
    """Say whether nobody drives there on this run any more."""
    return card.is_cancelled or card.stop.pk is None


def state_of(card: StopCard) -> str:
    """Say where a stop stands."""
    if card.stop.done_at is not None:
        return "DONE"
    return "CANCELLED" if card.is_cancelled else "OPEN"


def business_told(profile: BusinessProfile) -> Told:
    """Return the business as the phone shows it and a ticket names it."""
    return {
        "name": profile.name,
        "address": address_of(profile),
        "phones": [for_people(one) for one in profile.phones],
        "logo": logo_at(profile),
    }


def logo_at(profile: BusinessProfile) -> str:
    """Return where the logo is, as this version of it; empty when there is none."""
    version = profile.logo_version[:12]
    return f"{reverse('office:brand-logo')}?v={version}" if version else ""
