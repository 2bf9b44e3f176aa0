"""Two transactions in each other's way: PostgreSQL ends one, which may simply begin anew.

They waited for each other, or one refers to what the other has just deleted.
"""

import random
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, ForeignKeyViolation

Words = ParamSpec("Words")
Result = TypeVar("Result")
TIMES = 5
LONGEST_PAUSE = 0.2  # seconds; chance sees to it that the two do not meet again


def in_a_transaction(work: Callable[[], Result]) -> Result:
    """Run in a transaction, and anew when that lost a deadlock or what it refers to is gone.

    ``work`` may run several times: it reads anew what it depends on. Within another transaction it
    runs once, as a part of it: whoever began that may begin anew. What it leaves to the commit is
    to be ``robust``: it runs when nothing can be undone any more.

    :raises OperationalError: it lost each time.
    :raises IntegrityError: what it refers to is gone each time.
    """
    run = transaction.atomic(work)
    for _time in range(0 if connection.in_atomic_block else TIMES - 1):
        try:
            return run()
        except (OperationalError, IntegrityError) as error:
            if not isinstance(error.__cause__, DeadlockDetected | ForeignKeyViolation):
                raise
        time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311
    return run()


def begins_anew(function: Callable[Words, Result]) -> Callable[Words, Result]:
    """Let a function always run ``in_a_transaction``."""

    @wraps(function)
    def run(*args: Words.args, **words: Words.kwargs) -> Result:
        return in_a_transaction(partial(function, *args, **words))

    return run
