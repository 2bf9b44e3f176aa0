"""An outbox full of promises, made by few statements, and the checks of what became of them."""

import uuid

from django.db import connection

from odoo_bridge.models import LeadRecord, OutboxEntry, Stream

STREAMS = """
insert into odoo_bridge_stream (key, last_seq, fence)
select %(name)s || ':' || n, %(each)s, 0 from generate_series(1, %(streams)s) as n
"""
ENTRIES = """
insert into odoo_bridge_outboxentry
       (uuid, stream_id, seq, command, version, payload, base, target, state, attempts, deaths,
        not_before, fence, in_flight, repeat, last_error, failed_step, note, created_at)
select gen_random_uuid(), stream.id, seq, 'RecordLead', 1, '{"title": "Bench", "text": ""}', '{}',
       stream.key, %(state)s, 0, 0, now(), 0, '', '', '', '', '', now()
  from odoo_bridge_stream as stream, generate_series(1, %(each)s) as seq
 where stream.key like %(name)s || ':%%'
 order by seq, stream.id
"""
LEADS = """
with lead as (
  insert into odoo_bridge_leadrecord (uuid, remote, remote_hash, name, kind, contact_name, phone,
                                      email, active)
  select gen_random_uuid(), '{}', '', %(title)s, 'lead', '', '', '', true
    from generate_series(1, %(count)s)
  returning uuid
), stream as (
  insert into odoo_bridge_stream (key, last_seq, fence)
  select 'lead:' || uuid, 1, 0 from lead returning id, key
)
insert into odoo_bridge_outboxentry
       (uuid, stream_id, seq, command, version, payload, base, target, state, attempts, deaths,
        not_before, fence, in_flight, repeat, last_error, failed_step, note, created_at)
select gen_random_uuid(), id, 1, 'RecordLead', 1,
       jsonb_build_object('lead_uuid', substr(key, 6), 'title', %(title)s, 'text', 'Oak?'),
       '{}', key, 'QUEUED', 0, 0, now(), 0, '', '', '', '', '', now()
  from stream
"""
TABLES = "odoo_bridge_outboxentry, odoo_bridge_stream, odoo_bridge_leadrecord"


def empty() -> None:
    """Forget all promises."""
    run(f"truncate {TABLES} cascade")


def fill(name: str, *, streams: int, each: int, state: str = "QUEUED") -> None:
    """Make so many streams with so many entries each."""
    run(STREAMS, name=name, streams=streams, each=each)
    run(ENTRIES, name=name, each=each, state=state)
    run(f"vacuum (analyze) {TABLES}")


def fill_leads(title: str, count: int) -> None:
    """Promise so many leads of this title, with their mirrors."""
    run(LEADS, title=title, count=count)
    run(f"vacuum (analyze) {TABLES}")


def run(statement: str, **values: object) -> None:
    """Run one statement, committed at once."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)  # type: ignore[arg-type]


def all_done(count: int) -> None:
    """Fail unless all entries are done, each at the first try, and all streams given back."""
    assert OutboxEntry.objects.filter(state="DONE", attempts=1).count() == count
    assert OutboxEntry.objects.count() == count
    assert not Stream.objects.filter(leased_until__isnull=False).exists()
    assert not Stream.objects.filter(due_at__isnull=False).exists()


def all_acknowledged(ids: set[int]) -> None:
    """Fail unless our leads are those of Odoo, one each."""
    ours = list(LeadRecord.objects.values_list("odoo_id", flat=True))
    assert len(ours) == len(ids)
    assert set(ours) == ids


def new_title() -> str:
    """Return a title by which the leads of one run are found."""
    return f"Bench {uuid.uuid4()}"
