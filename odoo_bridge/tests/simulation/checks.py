"""What must hold: nothing lost, nothing doubled, no order broken, mirrors equal to Odoo."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from odoo_bridge.client import odoo_datetime
from odoo_bridge.models import Breaker, DirtyRecord, LeadRecord, OutboxEntry, Stream
from odoo_bridge.outbox.lease import MOST_DEATHS
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.tests.simulation.ground import MIRRORED
from odoo_bridge.tests.simulation.promises import Promised, Promises
from odoo_bridge.tests.simulation.small_odoo import Effect, SmallOdoo
from odoo_bridge.tests.simulation.stage import Worker

State = OutboxEntry.State
CALLING = ("transit", "answer")


class Violation(Exception):
    """Something that must hold does not."""


def demand(holds: object, what: str) -> None:
    """:raises Violation: it does not hold."""
    if not holds:
        raise Violation(what)


def is_quiet() -> bool:
    """Say whether nothing waits for a worker: what is parked waits for a person."""
    parked = OutboxEntry.objects.filter(state=State.PARKED).values("stream")
    moving = OutboxEntry.objects.exclude(state__in=(State.DONE, State.PARKED))
    return not moving.exclude(stream__in=parked).exists() and not DirtyRecord.objects.exists()


def at_rest(odoo: SmallOdoo, promises: Promises) -> None:
    """Check all that holds once nothing moves.

    :raises Violation: with what is wrong.
    """
    demand(not Breaker.objects.filter(held_at__isnull=False).exists(), "writes are held")
    demand(not Breaker.objects.filter(opened_at__isnull=False).exists(), "the breaker is open")
    demand(not Stream.objects.exclude(leased_until=None).exists(), "a stream is still leased")
    demand(not DirtyRecord.objects.exists(), "records are still to be read again")
    entries: defaultdict[str, list[OutboxEntry]] = defaultdict(list)
    for entry in OutboxEntry.objects.select_related("stream").order_by("seq"):
        entries[entry.stream.key].append(entry)
    demand(len(entries) == len(promises.leads), "a promise is lost, or one that was not made")
    effects = effects_by_title(odoo)
    for title in promises.undone:
        demand(title not in effects, f"{title} was sent and never promised")
    for lead in promises.leads:
        found = entries[f"lead:{lead.uuid}"]
        each_entry_has_its_end(lead, found, odoo)
        the_lead_is_there_once(lead, found[0], effects[lead.title], odoo)
        its_contacts_came_in_order(lead, found[1:], odoo)
    for spec in MIRRORED:
        mirror_equals_odoo(spec, odoo)
    nothing_living_is_buried(odoo)


def nobody_took_what_is_held(workers: Iterable[Worker], now: dt.datetime) -> None:
    """What a worker has under way by a lease that has not expired is its own.

    :raises Violation: somebody else changed it.
    """
    for worker in workers:
        held = worker.holds
        if held is None or worker.waits_for not in CALLING or held.until <= now:
            continue
        found = OutboxEntry.objects.filter(pk__in=held.fences, state=State.SENDING)
        theirs = dict(found.values_list("pk", "fence"))
        demand(theirs == held.fences, f"what {worker.name} is sending was taken from it")


def effects_by_title(odoo: SmallOdoo) -> dict[str, list[Effect]]:
    """Return the making of each lead of ours, by title."""
    found: defaultdict[str, list[Effect]] = defaultdict(list)
    for effect in odoo.effects:
        if effect.new and effect.values and effect.place[0] == "crm.lead":
            found[effect.values["name"]].append(effect)
    return found


def each_entry_has_its_end(lead: Promised, found: list[OutboxEntry], odoo: SmallOdoo) -> None:
    """Done, or parked with a reason that is one, or behind one that is parked."""
    demand(len(found) == 1 + len(lead.contacts), f"{lead.title} lacks entries")
    parked = False
    for entry in found:
        here = f"{entry.command} of {lead.title} is {entry.state} ({entry.last_error})"
        demand(entry.state == (State.QUEUED if parked else entry.state), f"{here} out of order")
        if entry.state == State.PARKED:
            parked = True
            demand(entry.last_error, f"{here}: without a reason")
            demand(has_a_reason(lead, entry, odoo), f"{here}: there is no reason for that")
        elif not parked:
            demand(entry.state == State.DONE, f"{here}: at rest")


def has_a_reason(lead: Promised, entry: OutboxEntry, odoo: SmallOdoo) -> bool:
    """Say whether the entry may be parked: bad, deadly, or its lead was deleted by a person."""
    if entry.deaths >= MOST_DEATHS:
        return True
    if entry.seq == 1:
        return lead.is_bad
    known = LeadRecord.objects.get(uuid=lead.uuid).odoo_id
    return ("crm.lead", known) not in odoo.rows


def the_lead_is_there_once(
    lead: Promised, entry: OutboxEntry, made: list[Effect], odoo: SmallOdoo
) -> None:
    """One record, and its id here; a second one only where a person deleted the first."""
    places = [effect.place for effect in made]
    alive = [place for place in places if place in odoo.rows]
    demand(len(alive) <= 1, f"{lead.title} is {len(alive)} times in Odoo")
    deleted = [place for place in places if place not in odoo.rows]
    demand(len(places) <= 1 + len(deleted), f"{lead.title} was made {len(places)} times")
    if entry.state == State.DONE:
        demand(places, f"{lead.title} is done and was never made")
        ours = LeadRecord.objects.get(uuid=lead.uuid).odoo_id
        demand(ours is not None, f"the id of {lead.title} is lost")
        demand(("crm.lead", ours) in places, f"the id of {lead.title} is another's")
        demand(not alive or ours == alive[0][1], f"{lead.title} is known by an older id")
    elif not lead.kills and entry.deaths < MOST_DEATHS:
        demand(not alive, f"{lead.title} is parked and there")


def its_contacts_came_in_order(lead: Promised, found: list[OutboxEntry], odoo: SmallOdoo) -> None:
    """No older contact after a newer one, and the last one done stays."""
    known = LeadRecord.objects.get(uuid=lead.uuid).odoo_id
    place = ("crm.lead", known)
    came = [
        lead.contacts.index(effect.values["contact_name"])
        for effect in odoo.effects
        if effect.place == place and effect.values and effect.values.get("contact_name")
    ]
    demand(came == sorted(came), f"the contacts of {lead.title} came in the order {came}")
    done = [entry.payload["contact_name"] for entry in found if entry.state == State.DONE]
    demand(set(range(len(done))) <= set(came), f"a contact of {lead.title} is done and never came")
    if done and place in odoo.rows and not any(e.state == State.PARKED for e in found):
        demand(odoo.rows[place]["contact_name"] == done[-1], f"{lead.title} has an old contact")


def mirror_equals_odoo(spec: MirrorSpec, odoo: SmallOdoo) -> None:
    """Every declared field of every record, both ways, tombstones and references too."""
    theirs = {at[1]: row for at, row in odoo.rows.items() if at[0] == spec.odoo_model}
    ours: dict[int, Any] = spec.model.objects.exclude(odoo_id=None).in_bulk(field_name="odoo_id")
    living = {odoo_id for odoo_id, one in ours.items() if one.deleted_at is None}
    missing, undead = theirs.keys() - living, living - theirs.keys()
    demand(not missing, f"{spec.name}: {sorted(missing)} not mirrored")
    demand(not undead, f"{spec.name}: {sorted(undead)} deleted in Odoo, and no tombstone")
    for odoo_id, row in theirs.items():
        one = ours[odoo_id]
        for column in spec.columns:
            mine, theirs_now = getattr(one, column.stored), column.read(row[column.odoo])
            here = f"{spec.name} {odoo_id}.{column.ours}"
            demand(mine == theirs_now, f"{here} is {mine!r}, in Odoo {theirs_now!r}")
            if column.is_reference and (spec.target_of(column), "there") in targets(
                odoo, row, column
            ):
                demand(getattr(one, f"{column.ours}_id"), f"{here} points at nothing")
        shown = odoo_datetime(row["write_date"])
        seen = odoo_datetime(one.remote_write_date)
        demand(seen == shown, f"{spec.name} {odoo_id} written {shown}, here {seen}")


def targets(odoo: SmallOdoo, row: dict[str, Any], column: Any) -> set[tuple[Any, str]]:
    """Return the mirror that a reference must point into, if its target lives in Odoo."""
    value = row[column.odoo]
    return {
        (spec.model, "there")
        for spec in MIRRORED
        if value and (spec.odoo_model, value) in odoo.rows
    }


def nothing_living_is_buried(odoo: SmallOdoo) -> None:
    """No tombstone for a record that is there, at no time."""
    for spec in MIRRORED:
        buried = spec.model.objects.exclude(deleted_at=None).values_list("odoo_id", flat=True)
        living = [one for one in buried if (spec.odoo_model, one) in odoo.rows]
        demand(not living, f"{spec.name}: a tombstone for {living}, which live")
