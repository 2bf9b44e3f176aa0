"""What takes deliveries in the bench of the intake, what is sent to it, and what it costs."""

import base64
import hashlib
import hmac
import json
import os
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import posts
from bench.usage import of_process
from portal.local import processes

LINES = 16
TURN = 1.5  # seconds
MOST = 8_000  # posts in a turn
BODY = json.dumps(
    {
        "id": "EV1",
        "apiVersion": "2026-03-30",
        "createdAt": "2026-11-20T16:55:52.000Z",
        "type": "message.received",
        "data": {
            "resource": {
                "id": "AC1",
                "direction": "incoming",
                "text": "Do you have 2 cords of oak, and could you bring them on Friday?",
                "media": [],
                "createdAt": "2026-11-20T16:55:52.000Z",
            },
            "context": {
                "contacts": {"ids": ["CT123"], "lookupStatus": "matched"},
                "senderIdentifier": "+16065550123",
                "recipientIdentifiers": ["+15550000001"],
            },
            "links": {"quo": f"https://my.quo.example/inbox/{'x' * 500}"},  # about 1 KB in all
        },
    }
).encode()


@dataclass
class Way:
    """An address that takes deliveries, and what it has answered that it has stored."""

    url: str
    provider: str
    web: tuple[str, Path]  # the process that serves it, and where its id is kept
    stored: int = 0

    def flat_out(self) -> float:
        """Send fresh posts for a turn; return how many were stored in a second."""
        fresh = signed_posts(self.url, MOST)
        return self._stored(posts.flat_out(self.url, fresh, lines=LINES, seconds=TURN))

    def late(self, per_second: float) -> float:
        """Send fresh posts at a pace for a turn; return the 99th percentile of their seconds."""
        fresh = signed_posts(self.url, int(per_second * TURN))
        answered = posts.at_pace(self.url, fresh, lines=4 * LINES, per_second=per_second)
        self._stored(answered)
        return statistics.quantiles(answered.seconds, n=100)[98]

    def keep(self, fresh: Sequence[bytes]) -> None:
        """Have these posts stored."""
        self._stored(posts.flat_out(self.url, fresh, lines=LINES))

    def again(self, stored: Sequence[bytes]) -> float:
        """Send what is stored already; return the seconds for one."""
        answered = posts.flat_out(self.url, stored, lines=LINES)
        assert set(answered.statuses) == {204}, answered.statuses
        return 1 / answered.per_second

    def anew(self, number: int) -> float:
        """Send fresh posts; return the seconds for one."""
        fresh = signed_posts(self.url, number)
        return 1 / self._stored(posts.flat_out(self.url, fresh, lines=LINES))

    def cost(self, per_second: float, *, good: bool) -> float:
        """Send at a pace; return the seconds of a core for one, PostgreSQL's with them."""
        sent = signed_posts(self.url, int(per_second * TURN), good=good)
        before = self._core()
        answered = posts.at_pace(self.url, sent, lines=LINES, per_second=per_second)
        assert set(answered.statuses) == {204 if good else 401}, answered.statuses
        self.stored += len(sent) * good
        return (self._core() - before) / len(sent)

    def members(self) -> list[int]:
        """Return the ids of the processes that serve it."""
        name, run = self.web
        child = processes.running(name, run=run)
        assert child, f"{name} does not run"
        return processes.group_members(child.pid)

    def _core(self) -> float:
        return sum(map(of_process, self.members())) + core_of_postgres()

    def _stored(self, answered: posts.Answered) -> float:
        assert set(answered.statuses) == {204}, answered.statuses
        self.stored += len(answered.seconds)
        return answered.per_second


def core_of_postgres() -> float:
    """Return the seconds that PostgreSQL has used, with the sessions that have ended."""
    server = processes.running("postgres")
    assert server, "postgres does not run"
    listed = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return sum(of_process(pid) for pid in [server.pid, *map(int, listed.split())])


def signed_posts(url: str, number: int, *, good: bool = True) -> list[bytes]:
    """Return so many deliveries that there were not before."""
    return [signed(url, good=good) for _ in range(number)]


def signed(url: str, *, good: bool) -> bytes:
    """Return a delivery of Quo that there was not before."""
    name, stamp = f"msg_{uuid.uuid4().hex}", str(int(time.time()))
    key = base64.b64decode(os.environ["QUO_WEBHOOK_KEY"].removeprefix("whsec_"))
    message = f"{name}.{stamp}.".encode() + BODY + (b"" if good else b"!")
    signature = base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()).decode()
    return posts.request(
        url,
        BODY,
        {
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": f"v1,{signature}",
        },
    )
