"""Note the posts that proved nothing: the first by themselves, a flood as a number a minute."""

import datetime as dt
import hashlib
import threading
from collections import Counter

import structlog
from django.db import DatabaseError, connection, transaction

from crm_intake.models import RefusedDelivery

log = structlog.get_logger(__name__)

ONE_BY_ONE = 10  # of a source and a reason in a minute, by each process
PAUSE = 1.0  # seconds
# Two processes may begin a minute's row at once: then there are two, and their sum is right.
COUNT = """
with counted as (
  update crm_intake_refuseddelivery set times = times + %(times)s
   where provider = %(provider)s and reason = %(reason)s and received_at = %(minute)s
     and body_sha256 = ''
  returning id
)
insert into crm_intake_refuseddelivery (provider, reason, received_at, times, body_sha256)
select %(provider)s, %(reason)s, %(minute)s, %(times)s, '' where not exists (select from counted)
"""
Kind = tuple[str, str]


class Flood:
    """What this process has refused in this minute, and what of it is not written down yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._stop_waiting()
            self._minute: dt.datetime | None = None
            self._seen: Counter[Kind] = Counter()
            self._unwritten: Counter[tuple[str, str, dt.datetime]] = Counter()

    def holds(self, kind: Kind, now: dt.datetime) -> bool:
        """Say whether a refusal is one too many to be noted by itself; then it is counted."""
        minute = now.replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._minute, self._seen = minute, Counter()
            self._seen[kind] += 1
            if self._seen[kind] <= ONE_BY_ONE:
                return False
            self._unwritten[*kind, minute] += 1
            if self._timer is None:
                self._timer = threading.Timer(PAUSE, self._write_alone)
                self._timer.start()
        return True

    def _write_alone(self) -> None:
        """Write, in a thread that has a session of the database for this alone."""
        try:
            self.write()
        except DatabaseError:
            log.exception("refusals_not_written")
        finally:
            connection.close()

    def write(self) -> None:
        """Write down what was counted.

        :raises DatabaseError: it was not written, and goes with what is counted next.
        """
        with self._lock:
            self._stop_waiting()
            counted, self._unwritten = self._unwritten, Counter()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for (provider, reason, minute), times in sorted(counted.items()):
                    values: dict[str, str | dt.datetime | int] = {
                        "provider": provider,
                        "reason": reason,
                        "minute": minute,
                        "times": times,
                    }
                    cursor.execute(COUNT, values)
        except DatabaseError:
            with self._lock:
                self._unwritten.update(counted)
            raise
        for (provider, reason, _minute), times in counted.items():
            log.warning("webhooks_refused", provider=provider, reason=reason, times=times)

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None


FLOOD = Flood()


def note_refusal(*, provider: str, reason: str, body: bytes, now: dt.datetime) -> None:
    """Keep why a post was refused, and nothing of it but a hash; of a flood only a number."""
    if FLOOD.holds((provider, reason), now):
        return
    RefusedDelivery.objects.create(
        provider=provider,
        reason=reason,
        body_sha256=hashlib.sha256(body).hexdigest(),
        received_at=now,
    )
    log.warning("webhook_refused", provider=provider, reason=reason)
