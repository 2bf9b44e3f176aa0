"""The database knows at any time which streams have something to send.

A stream's first open entry stands for it: whatever is parked or in conflict holds its followers
and nobody else. What that entry is due for is kept beside the stream, by triggers, so that no way
of changing an entry can forget it; the query for work then reads an index that holds the due
streams alone, however many entries wait behind them or were done before them.
"""

import pgtrigger

FIRST_OPEN_ENTRY = """
new.due_at := null;
new.due_batch := '';
if new.leased_until is not null then
  return new;  -- who gives it back has it counted anew
end if;
if new.paused_at is not null then
  return new;  -- who lets it go on has it counted anew
end if;
select state, not_before, command, deaths into head
  from odoo_bridge_outboxentry
 where stream_id = new.id and state in ('QUEUED', 'SENDING', 'UNKNOWN', 'CONFLICT', 'PARKED')
 order by seq limit 1;
if head.state = 'UNKNOWN' then
  new.due_at := head.not_before;
elsif head.state = 'QUEUED' then
  new.due_at := greatest(head.not_before, new.quiet_until);
end if;
if new.due_at is not null and head.deaths = 0 then
  new.due_batch := head.command;
end if;
return new;
"""

# The stream is locked first, and the trigger above looks with a snapshot of its own after that: of
# two transactions that change one stream the later one sees what the earlier one did.
# Ids in arrays, no joins: a session keeps the plan that it made while there was little to join,
# and would nest thousands in thousands by it.
LOOK_AGAIN = """
free := array(
  select id from odoo_bridge_stream
   where id = any(array(select stream_id from changed)) and leased_until is null
   order by id for update);
update odoo_bridge_stream set leased_until = null where id = any(free);
return null;
"""


def stream_triggers() -> list[pgtrigger.Trigger]:
    """Return what counts a stream's head anew whenever it is given back, held quiet or paused."""
    return [
        pgtrigger.Trigger(
            name="head_of_a_stream",
            operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
                "leased_until", "quiet_until", "paused_at"
            ),
            when=pgtrigger.Before,
            declare=[("head", "record")],
            func=FIRST_OPEN_ENTRY,
        )
    ]


def entry_triggers() -> list[pgtrigger.Trigger]:
    """Return what looks at the streams of entries that were added or changed."""
    return [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            operation=operation,
            when=pgtrigger.After,
            referencing=pgtrigger.Referencing(new="changed"),  # type: ignore[no-untyped-call]
            declare=[("free", "bigint[]")],
            func=LOOK_AGAIN,
        )
        for name, operation in (
            ("head_after_an_entry_came", pgtrigger.Insert),
            ("head_after_an_entry_changed", pgtrigger.Update),
        )
    ]
