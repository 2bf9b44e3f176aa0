"""The faults: what can happen to one request between the portal and Odoo.

A fault is a function over an ``Exchange``. It may forward the request (never, once, twice) and
reply (or not: then the connection closes without an answer). Its name becomes the call's outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

PAGE_OF_A_PROXY = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
LONGEST_HOLD = 600.0


@dataclass(frozen=True)
class Reply:
    """An HTTP answer. ``cut``: promise the whole body, send only so many bytes of it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    cut: int | None = None


class Exchange(Protocol):
    """One request at the proxy."""

    def forward(self) -> Reply:
        """Send the request to Odoo and read the whole answer: whatever it did is committed."""

    def forward_half(self) -> None:
        """Send Odoo the head and half of the body, and hang up."""

    def reply(self, reply: Reply) -> None:
        """Answer the portal; it may have gone by now."""

    def wait(self, event: Event, seconds: float) -> None:
        """Wait for the event or the time, or until the proxy ends."""


@dataclass(frozen=True)
class Fault:
    """A named way to treat one request."""

    name: str
    treat: Callable[[Exchange], None]


def _passed(exchange: Exchange) -> None:
    exchange.reply(exchange.forward())


def _dropped_before(_exchange: Exchange) -> None:
    pass


def _dropped_half_way(exchange: Exchange) -> None:
    exchange.forward_half()


def _answer_dropped(exchange: Exchange) -> None:
    exchange.forward()


def _sent_twice(exchange: Exchange) -> None:
    exchange.forward()
    exchange.reply(exchange.forward())


def _truncated(exchange: Exchange) -> None:
    answer = exchange.forward()
    exchange.reply(Reply(answer.status, answer.headers, answer.body, cut=len(answer.body) // 2))


def _malformed(exchange: Exchange) -> None:
    answer = exchange.forward()
    exchange.reply(Reply(answer.status, answer.headers, answer.body[: len(answer.body) // 2]))


def _bad_gateway_before(exchange: Exchange) -> None:
    exchange.reply(page(502, PAGE_OF_A_PROXY))


def _bad_gateway_after(exchange: Exchange) -> None:
    exchange.forward()
    exchange.reply(page(502, PAGE_OF_A_PROXY))


PASS = Fault("passed", _passed)
DROP_BEFORE = Fault("dropped before", _dropped_before)
DROP_HALF_WAY = Fault("dropped half-way", _dropped_half_way)
DROP_ANSWER = Fault("answer dropped", _answer_dropped)
DUPLICATE = Fault("sent twice", _sent_twice)
TRUNCATE = Fault("truncated", _truncated)
MALFORM = Fault("malformed", _malformed)
BAD_GATEWAY_BEFORE = Fault("bad gateway, not forwarded", _bad_gateway_before)
BAD_GATEWAY = Fault("bad gateway, forwarded", _bad_gateway_after)


def page(status: int, html: bytes) -> Reply:
    """An answer in HTML, as proxies give it, and Odoo when its database is away."""
    return Reply(status, [("Content-Type", "text/html; charset=utf-8")], html)


def answer_with(status: int, html: bytes = PAGE_OF_A_PROXY) -> Fault:
    """Answer in HTML without asking Odoo."""
    return Fault(f"answered {status}", lambda exchange: exchange.reply(page(status, html)))


def delay_before(seconds: float) -> Fault:
    """Wait, then forward, even if the portal has hung up: the zombie that lands late."""
    return _held_before(f"delayed {seconds} s before", Event(), seconds)


def delay_answer(seconds: float) -> Fault:
    """Forward at once, answer late."""
    return _held_after(f"answer delayed {seconds} s", Event(), seconds)


def hold_before(event: Event) -> Fault:
    """Forward when the event is set, even if the portal has hung up."""
    return _held_before("held before", event, LONGEST_HOLD)


def hold_answer(event: Event) -> Fault:
    """Forward at once, answer when the event is set."""
    return _held_after("answer held", event, LONGEST_HOLD)


def _held_before(name: str, event: Event, seconds: float) -> Fault:
    def treat(exchange: Exchange) -> None:
        exchange.wait(event, seconds)
        exchange.reply(exchange.forward())

    return Fault(name, treat)


def _held_after(name: str, event: Event, seconds: float) -> Fault:
    def treat(exchange: Exchange) -> None:
        answer = exchange.forward()
        exchange.wait(event, seconds)
        exchange.reply(answer)

    return Fault(name, treat)
