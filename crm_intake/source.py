"""What a source of calls and texts is: how a post of it is judged, and what it tells."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from crm_intake.events import Event

LONGEST_ID = 200


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post as it came; nothing of it is believed yet.

    ``url`` is the public address that the source was given, with the query as it came, and never
    one that was put together from the request's Host, which anybody can set. ``door`` is the last
    word of that address, where a source has several.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    door: str
    at: dt.datetime


@dataclass(frozen=True)
class Verdict:
    """``reason`` says why a post was refused, in a few words; an empty one means that it is good.

    ``about`` is what must be kept beside the body, so that it can be read later: the door, or a
    header's word.
    """

    reason: str = ""
    delivery_id: str = ""
    late: bool = False
    about: str = ""

    @property
    def refused(self) -> bool:
        """Nothing may be believed of it."""
        return bool(self.reason)


@dataclass(frozen=True, kw_only=True)
class Written:
    """Who wrote what. ``stops``: the source says itself that this is a stop."""

    sender: str
    text: str
    stops: bool = False


@dataclass(frozen=True)
class Accepted:
    """What a source wants to hear when its post is on disk."""

    status: int = 204
    content_type: str | None = None
    body: bytes = b""


@dataclass(frozen=True)
class Item:
    """What a source knows of a text or a call, as it would have posted it.

    ``key`` is that of its event, by which it is known whether it came before.
    """

    key: str
    body: bytes
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A provider, or any other program that posts here; each has a folder with its own.

    ``check``, ``normalise`` and ``written`` are pure functions of their arguments and the settings.

    :ivar check: judges a post.
    :ivar normalise: returns what a body with its ``about`` tells, or raises ``NotUnderstood``.
    :ivar ask: asks the source for what it knows of texts and calls since a moment; ``None`` where
        it cannot be asked. Raises ``NotTakenNow`` when it does not say.
    :ivar written: returns who wrote what from as little of a body as can be read, since a stop
        must not be lost with a field that only the rest of us needs; ``None`` if it is no text.
    """

    name: str
    label: str
    advice: str
    is_set: Callable[[], bool]
    check: Callable[[Post], Verdict]
    normalise: Callable[[bytes, str], Event]
    written: Callable[[bytes, str], Written | None] = lambda _body, _about: None
    ask: Callable[[dt.datetime], Iterable[Item]] | None = None
    may_be_asked: Callable[[], bool] = lambda: False
    doors: tuple[str, ...] = ("",)
    accepted: Accepted = Accepted()


def delivery_id(given: object, body: bytes) -> str:
    """Return the id that a delivery was given, if it can be kept.

    One without is known by its body: the same body is the same delivery.
    """
    if isinstance(given, str) and 0 < len(given) <= LONGEST_ID and given.isprintable():
        return given
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
