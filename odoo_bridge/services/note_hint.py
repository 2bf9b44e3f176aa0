"""Keep a webhook's hint: one statement that knows the secret, and the record to be read again."""

import datetime as dt
import hashlib

from django.db import connection

KNOWN = """
  select 1 from odoo_bridge_odooaccess
   where hint_digest = %(digest)s
      or (older_hint_digest = %(digest)s and older_hint_until > %(now)s)
"""
KEEP = f"""
insert into odoo_bridge_dirtyrecord as dirty
  (odoo_model, odoo_id, hits, absences, first_at, not_before)
select %(odoo_model)s, %(odoo_id)s, 1, 0, %(now)s, %(due)s where exists ({KNOWN})
on conflict (odoo_model, odoo_id) do update set hits = dirty.hits + 1
returning 1
"""
REFUSE = """
insert into odoo_bridge_refusedhints as door (id, refused, refused_at) values (1, 1, %(now)s)
on conflict (id) do update set refused = door.refused + 1, refused_at = excluded.refused_at
"""
DEBOUNCE = dt.timedelta(milliseconds=300)  # one business step writes a record several times


def digest(secret: str) -> str:
    """Return what the receiver compares: of a secret this long, a hash gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def note_hint(*, secret: str, odoo_model: str, odoo_id: int, now: dt.datetime) -> bool:
    """Note that the record is to be read again; return whether the secret was right.

    A hint about a record that waits already only makes sure that it is read after this moment.
    """
    values: dict[str, str | int | dt.datetime] = {
        "digest": digest(secret),
        "odoo_model": odoo_model,
        "odoo_id": odoo_id,
        "now": now,
        "due": now + DEBOUNCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, values)
        return cursor.fetchone() is not None


def knows_the_secret(*, secret: str, now: dt.datetime) -> bool:
    """Say whether a post comes from our Odoo, of a record that is not mirrored."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"digest": digest(secret), "now": now})
        return cursor.fetchone() is not None


def note_refused_hint(*, now: dt.datetime) -> None:
    """Count a post that did not know the secret; nothing of it is kept."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE, {"now": now})
