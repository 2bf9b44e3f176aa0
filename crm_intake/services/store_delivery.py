"""Put a delivery on disk, and with it the stop that it may say."""

import datetime as dt

import psycopg
from django.conf import settings

from crm_intake.source import Verdict
from crm_intake.wording.codes import code_hidden_in
from portal.core.single_statements import database_session

UNDERSTAND = "crm_intake.tasks.understand_deliveries"
DELIVERED = """
insert into crm_intake_webhookdelivery
  (provider, delivery_id, body, about, late, received_at, state, kind, attempts, trouble)
values (%(provider)s, %(delivery_id)s, %(body)s, %(about)s, %(late)s, %(now)s, 'NEW', '', 0, '')
on conflict (provider, delivery_id) do nothing
"""
# One statement: what is answered 2xx is on disk with all that counts from this moment. A stop waits
# while the first bytes of a text to its number go out (``deliver_text``): none begins after it.
WITH_STOP = f"""
with delivered as ({DELIVERED} returning id), locked as materialized (
  select pg_advisory_xact_lock(hashtextextended(%(stopper)s, 1))
), stopped as (
  insert into crm_intake_stopmark (number, delivery_id, marked_at)
  select %(stopper)s, delivered.id, %(now)s from delivered, locked
)
select from delivered
"""  # noqa: S608 - both are ours


def store_delivery(
    *,
    provider: str,
    verdict: Verdict,
    body: bytes,
    stopper: str | None,
    now: dt.datetime,
) -> bool:
    """Store a delivery unless it is there already; return whether it is new.

    A provider tells us of our own texts, too: they are stored without the digits of a code.

    :param stopper: the number that says stop with it, if it does.
    """
    values: dict[str, str | bytes | bool | dt.datetime | None] = {
        "provider": provider,
        "delivery_id": verdict.delivery_id,
        "body": code_hidden_in(body, host=settings.PUBLIC_HOST),
        "about": verdict.about,
        "late": verdict.late,
        "stopper": stopper,
        "now": now,
    }
    statement = WITH_STOP if stopper else DELIVERED
    with database_session() as session, psycopg.Cursor(session) as cursor:
        return cursor.execute(statement, values).rowcount == 1
