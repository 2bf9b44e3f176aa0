"""What must hold when a chaos run is at rest."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from odoo_bridge.client import Kind, OdooClient, external_module, odoo_datetime, pages
from odoo_bridge.models import DirtyRecord, LeadRecord, OdooAccess, OutboxEntry, PollCursor
from odoo_bridge.sync.columns import MirrorSpec
from odoo_bridge.tests.chaos.promises import Known, Promises
from odoo_bridge.tests.chaos.worker import MIRRORS

State = OutboxEntry.State
AT_REST = (State.DONE, State.SUPERSEDED)


def is_quiet() -> bool:
    """Say whether nothing waits any more."""
    return not (
        OutboxEntry.objects.exclude(state__in=AT_REST).exists() or DirtyRecord.objects.exists()
    )


def is_held_by_the_dead() -> bool:
    """Say whether a mirror is still leased; asked when nobody reads any more."""
    return PollCursor.objects.filter(leased_until__gt=timezone.now()).exists()


def wrongs(client: OdooClient, promises: Promises) -> list[str]:
    """Return what does not hold."""
    found = [
        f"{entry.command} of {entry.target} is {entry.state}: {entry.last_error}"
        for entry in OutboxEntry.objects.exclude(state__in=AT_REST)
    ]
    found += leads_that_are_not_there_once(client, promises.known.titles)
    found += forgotten_leads_that_are_there_twice(client, promises.forgotten)
    found += leads_with_another_contact(client, promises.known)
    for spec in MIRRORS:
        found += differences(spec, client)
    return found


def leads_that_are_not_there_once(client: OdooClient, titles: dict[str, str]) -> Iterable[str]:
    """Each promise is one record in Odoo, which we know by its id."""
    access = OdooAccess.objects.get()
    names = [f"lead_{uuid}" for uuid in titles]
    rows = client.call(
        "ir.model.data",
        "search_read",
        kind=Kind.READ,
        domain=[["module", "=", external_module(access.instance)], ["name", "in", names]],
        fields=["name", "res_id"],
    )
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_name[row["name"]].append(row["res_id"])
    by_title = leads_called(client, list(titles.values()))
    for uuid, title in titles.items():
        known = LeadRecord.objects.get(uuid=uuid).odoo_id
        if not by_name[f"lead_{uuid}"] == by_title[title] == [known]:
            yield f"{title}: {by_name[f'lead_{uuid}']}, {by_title[title]}, known as {known}"


def forgotten_leads_that_are_there_twice(client: OdooClient, titles: list[str]) -> Iterable[str]:
    """Those that only Odoo knows are there once, or never came."""
    for title, ids in leads_called(client, titles).items():
        if len(ids) > 1:
            yield f"{title}: {ids}"


def leads_with_another_contact(client: OdooClient, known: Known) -> Iterable[str]:
    """Each lead has the contact that was promised last."""
    leads = LeadRecord.objects.filter(uuid__in=known.titles).exclude(odoo_id=None)
    ids = {lead.known_odoo_id: str(lead.uuid) for lead in leads}
    for row in client.call(
        "crm.lead", "read", kind=Kind.READ_RECORDS, ids=list(ids), fields=["contact_name"]
    ):
        one, contact = ids[row["id"]], row["contact_name"] or ""
        if contact not in known.contacts[one]:
            yield f"{known.titles[one]} has {contact!r}, not one of {known.contacts[one]}"


def leads_called(client: OdooClient, titles: list[str]) -> defaultdict[str, list[int]]:
    """Return the ids of Odoo's leads by their title."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in client.call(
        "crm.lead",
        "search_read",
        kind=Kind.READ,
        domain=[["name", "in", titles]],
        fields=["name"],
        context={"active_test": False},
    ):
        found[row["name"]].append(row["id"])
    return found


def differences(spec: MirrorSpec, client: OdooClient) -> Iterable[str]:
    """Compare a mirror with Odoo, both ways, every declared field."""
    theirs: dict[int, dict[str, Any]] = {
        row["id"]: row
        for page in pages(client, spec.odoo_model, spec.odoo_fields, domain=spec.domain)
        for row in page
    }
    ours: dict[int, Any] = spec.model.objects.exclude(odoo_id=None).in_bulk(field_name="odoo_id")
    living = {odoo_id for odoo_id, one in ours.items() if one.deleted_at is None}
    if theirs.keys() != living:
        missing, undead = theirs.keys() - living, living - theirs.keys()
        yield f"{spec.name}: only in Odoo {missing}, only here {undead}"
    for odoo_id in theirs.keys() & living:
        row, one = theirs[odoo_id], ours[odoo_id]
        for column in spec.columns:
            mine, value = getattr(one, column.stored), column.read(row[column.odoo])
            if mine != value:
                yield f"{spec.name} {odoo_id}.{column.ours} is {mine!r}, in Odoo {value!r}"
        known = one.remote_write_date
        if known is None or odoo_datetime(known) != row["write_date"]:
            yield f"{spec.name} {odoo_id} was written {row['write_date']}"
