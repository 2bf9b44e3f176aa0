"""Other sessions with the test's own database."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from django.db import connection

Result = TypeVar("Result")
PAST_THE_OTHERS_LOOK = 1.3  # seconds: after one, who waits looks once for a deadlock


def other_session() -> psycopg.Connection[Any]:
    """Open a session; as a context, its transaction ends with the block."""
    params = connection.get_connection_params()
    return psycopg.connect(**{key: params[key] for key in ("dbname", "user", "host", "port")})


def in_another_session(work: Callable[[], Result]) -> Result:
    """Run in a thread with a session of its own, while this one's transaction stays open."""
    answers: list[Result] = []

    def run() -> None:
        try:
            answers.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    [answer] = answers
    return answer
