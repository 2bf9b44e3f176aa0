"""Posts over connections that stay open: as fast as they are answered, or at a pace of their own.

One thread, and requests that were made before: what it takes for a post is the same for all that
are compared.
"""

import gc
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE = 20  # seconds
HEAD_END = b"\r\n\r\n"
Due = tuple[float, bytes]


@dataclass
class Answered:
    """What came back: how often each status, and the seconds that each answer took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0

    @property
    def per_second(self) -> float:
        """How many were answered in a second."""
        return len(self.seconds) / self.elapsed


def request(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the bytes of a post."""
    at = urlsplit(url)
    head = {"Host": at.netloc, "Content-Type": "application/json", "Content-Length": len(body)}
    lines = [f"{name}: {value}" for name, value in {**head, **headers}.items()]
    return "\r\n".join([f"POST {at.path} HTTP/1.1", *lines, "", ""]).encode() + body


def flat_out(
    url: str, posts: Iterable[bytes], *, lines: int, seconds: float = float("inf")
) -> Answered:
    """Send on each line as soon as it is free, for so long or to the last; wait for all answers."""
    end = time.perf_counter() + seconds
    left = iter(posts)

    def due(now: float) -> Due | None:
        post = next(left, None) if now < end else None
        return (now, post) if post else None

    return _send(url, lines, due, lambda: None)


def at_pace(url: str, posts: Iterable[bytes], *, lines: int, per_second: float) -> Answered:
    """Send each when its time has come and a line is free; its seconds run from its time on."""
    planned = deque((number / per_second, post) for number, post in enumerate(posts))
    began: list[float] = []

    def due(now: float) -> Due | None:
        began.append(now) if not began else None
        if not planned or began[0] + planned[0][0] > now:
            return None
        after, post = planned.popleft()
        return began[0] + after, post

    return _send(url, lines, due, lambda: began[0] + planned[0][0] if planned else None)


def _send(
    url: str, lines: int, due: Callable[[float], Due | None], next_at: Callable[[], float | None]
) -> Answered:
    """Send what is due while there is a free line, and else wait for answers, or until it is."""
    found = Answered()
    since: dict[socket.socket, float] = {}
    with _open(url, lines) as (watch, free), _no_collection():
        began = last = time.perf_counter()
        while True:
            while free and (post := due(time.perf_counter())):
                line = free.pop()
                since[line], content = post
                line.sendall(content)
            coming = next_at()
            if not since and coming is None:
                break
            pause = PATIENCE if coming is None or not free else coming - time.perf_counter()
            for key, _events in watch.select(max(0, pause)):
                found.statuses[_status(key.fileobj)] += 1
                last = time.perf_counter()
                found.seconds.append(last - since.pop(key.fileobj))
                free.append(key.fileobj)
            assert time.perf_counter() - last < PATIENCE, "no answer"
        found.elapsed = last - began
    return found


@contextmanager
def _open(url: str, number: int) -> Iterator[tuple[selectors.BaseSelector, list[socket.socket]]]:
    """Open so many connections, and close them at the end."""
    at = urlsplit(url)
    with ExitStack() as lines:
        watch = lines.enter_context(selectors.SelectSelector())  # others wait whole milliseconds
        free = []
        for _number in range(number):
            line = socket.create_connection((str(at.hostname), at.port), timeout=PATIENCE)
            lines.enter_context(line).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            watch.register(line, selectors.EVENT_READ)
            free.append(line)
        yield watch, free


def _status(line: socket.socket) -> int:
    """Read one whole answer; return its status."""
    got = line.recv(65536)
    while HEAD_END not in got:
        more = line.recv(65536)
        assert more, "the line was closed"
        got += more
    head, _, body = got.partition(HEAD_END)
    length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
    rest = int(length or 0) - len(body)
    while rest > 0:
        rest -= len(line.recv(65536))
    return int(head[9:12])


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let no collection of garbage come between."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
