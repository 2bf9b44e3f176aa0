"""All that a driver's phone needs for a day without signal."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, Sum
from django.urls import reverse

from drivers.models import Collection, Drive, StopAction
from drivers.selectors.claims import claim_of
from drivers.selectors.needs import Wanted, wanted
from drivers.selectors.ticket_words import address_of
from drivers.selectors.tickets_told import tickets_told
from portal.accounts.models import User
from portal.core.phone import for_people
from portal.setup.models import BusinessProfile
from scheduling.models import Job, Place, PlacePhoto, Run
from scheduling.selectors.board import StopCard, stops_of
from scheduling.selectors.jobs import brought, moves_of

ONE_DAY = dt.timedelta(days=1)
Told = dict[str, Any]


def day_of(*, driver: User, today: dt.date, business: BusinessProfile) -> list[Told]:
    """Return the driver's runs of yesterday that are not done, of today and of tomorrow.

    As many queries however many stops there are.
    """
    not_done = Q(day=today - ONE_DAY, stops__job__state=Job.State.SCHEDULED)
    runs = Run.objects.filter(
        not_done | Q(day__range=(today, today + ONE_DAY)), driver__user=driver
    )
    runs = runs.distinct().select_related("truck__vehicle", "drive").order_by("starts_at", "pk")
    acts = Prefetch("actions", StopAction.objects.order_by("pk"))
    listed = list(runs.prefetch_related(acts))
    stops = stops_of(listed)
    pictures, taken, wants = pictures_of(stops.stops), taken_at(listed), wanted()
    tickets = tickets_told(stops.stops, business=business, today=today)
    told = []
    for run in listed:
        cards = stops.of(run)
        driven_to = [card.card.job for card in cards if not card.is_cancelled]
        of_stops = [
            stop_told(
                card, driver=driver, pictures=pictures, taken=taken[card.stop.pk], wants=wants
            )
            for card in cards
        ]
        for one in of_stops:
            one["ticket"] = tickets.get(one["key"])
        told.append({**run_told(run, of_stops), "needs": wants.of_run(driven_to)})
    return told


def pictures_of(stops: Iterable[Any]) -> Mapping[int, list[PlacePhoto]]:
    """Return the pictures of the places of these stops, by the key of the place; one query."""
    places = {stop.job.place_id for stop in stops}
    found: defaultdict[int, list[PlacePhoto]] = defaultdict(list)
    for picture in PlacePhoto.objects.filter(place__in=places).order_by("pk"):
        found[picture.place_id].append(picture)
    return found


def taken_at(runs: Iterable[Run]) -> Mapping[int, Decimal]:
    """Return the money that was taken at each stop of these runs, by its key; one query."""
    sums = Collection.objects.filter(stop__run__in=runs).values("stop").annotate(sum=Sum("amount"))
    return defaultdict(Decimal, {row["stop"]: row["sum"] for row in sums})


def run_told(run: Run, stops: list[Told]) -> Told:
    """Return a run as the phone reads it."""
    drive: Drive | None = getattr(run, "drive", None)
    acts: list[StopAction] = list(run.actions.all())
    of_stops: defaultdict[int | None, list[StopAction]] = defaultdict(list)
    for act in acts:
        of_stops[act.stop_id].append(act)
    for stop in stops:
        here = of_stops[stop.pop("key")]
        stop.update(acts_told(here), excused=is_excused(here))
    return {
        "uuid": run.uuid,
        "day": run.day,
        "truck": str(run.truck),
        "trip": run.trip,
        "starts_at": run.starts_at,
        "ends_at": run.ends_at,
        "started_at": drive and drive.started_at,
        "ended_at": drive and drive.ended_at,
        **acts_told(of_stops[None]),
        "stops": stops,
    }


def acts_told(acts: Iterable[StopAction]) -> Told:
    """Return which acts the server has, and what was done by them, each once."""
    refused = StopAction.Verdict.REFUSED
    return {
        "acts": [str(act.submission_id) for act in acts],
        "did": sorted({act.what for act in acts if act.verdict != refused}),
    }


def is_excused(acts: Iterable[StopAction]) -> bool:
    """Say whether the driver has said why no money was taken."""
    refused, money = StopAction.Verdict.REFUSED, StopAction.What.COLLECTED
    return any(act.details.get("instead_of") == money and act.verdict != refused for act in acts)


def stop_told(
    card: StopCard,
    *,
    driver: User,
    pictures: Mapping[int, list[PlacePhoto]],
    taken: Decimal,
    wants: Wanted,
) -> Told:
    """Return a stop as the phone reads it; ``key`` is taken out again."""
    job, stop = card.card.job, card.stop
    earliest, latest = job.window_from, job.window_until
    return {
        "key": stop.pk,
        "uuid": stop.uuid,
        "claim": claim_of(stop, driver_id=driver.pk),
        "number": card.number,
        "kind": job.kind,
        "order": card.card.order,
        "customer": card.card.customer,
        "address": card.card.address,
        "phone": card.phone,
        **place_told(job.place, pictures),
        "window": [earliest, latest] if earliest and latest else None,
        "load": load_told(job),
        "total": card.card.total,
        "collect": card.collect,
        "collected": taken,
        "currency": card.card.currency,
        "needs": wants.of_stop(job),
        "state": state_of(card),
        "done_at": stop.done_at,
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
