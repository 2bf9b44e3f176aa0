"""What a phone was given of a stop, signed: so that a later act can be told from a stranger's."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core import signing

from drivers.errors import NotYours
from scheduling.models import Job, Stop
from scheduling.selectors.jobs import brought, moves_of

SALT = "drivers.claim"
STRANGE = "This stop is not on your run. Look at your run again, or call the office."


@dataclass(frozen=True)
class Claim:
    """That a driver was given this job, on this run, with this load."""

    driver_id: int
    run_id: int
    job_id: int
    load: str


def claim_of(stop: Stop, *, driver_id: int) -> str:
    """Return the signed claim of a stop whose job's moves are loaded; always the same one."""
    of_stop = (driver_id, stop.run_id, stop.job_id, load_mark(stop.job))
    return signing.Signer(salt=SALT).sign_object(of_stop)


def claimed(text: str, *, by: int) -> Claim:
    """Return what a driver's phone was given.

    :raises NotYours: nobody has signed this, or it was given to another driver.
    """
    try:
        claim = Claim(*signing.Signer(salt=SALT).unsign_object(text))
    except signing.BadSignature as strange:
        raise NotYours(STRANGE) from strange
    if claim.driver_id != by:
        raise NotYours(STRANGE)
    return claim


def load_mark(job: Job) -> str:
    """Return what is another one as soon as the job brings something else; moves are loaded."""
    return mark_of((move.pk, brought(move)) for move in moves_of(job))


def mark_of(goods: Iterable[tuple[int, Decimal]]) -> str:
    """Return a short name of these quantities, by the keys of their moves."""
    listed = ";".join(f"{key}:{quantity.normalize():f}" for key, quantity in sorted(goods))
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
