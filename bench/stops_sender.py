"""``python -m bench.stops_sender FILE SEED``: a worker that sends texts until it is ended.

It writes the moment at which each text's first byte goes out, to a file that all of them share:
``number id seconds-of-the-monotonic-clock text``, one line a text, in one write. The id is ``-`` of
what the provider does not keep.
"""

import os
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from random import Random

import django

from crm_intake.errors import AnswerLost, NotTakenNow
from crm_intake.sender import Sender, WhileSending

# Chances: the provider takes nothing now; no answer comes; it keeps nothing and does not answer.
BUSY, LOST, GONE = 0.05, 0.05, 0.05
GONE_KEY = "-"
PAUSE = 0.01  # seconds


@dataclass(frozen=True)
class Call:
    """A text whose first byte went out."""

    number: str
    key: str
    at: float
    text: str

    @property
    def is_kept(self) -> bool:
        """Say whether the provider has it."""
        return self.key != GONE_KEY


def calls_in(file: Path) -> list[Call]:
    """Return what the senders have written so far."""
    lines = [line.split(maxsplit=3) for line in file.read_text().splitlines()]
    return [Call(number, key, float(at), text) for number, key, at, text in lines]


class SlowProvider:
    """Takes its time to connect, to its first byte and to its answer, and forgets some of them."""

    def __init__(self, file: Path, rng: Random) -> None:
        self.file, self.rng = file, rng
        self.end = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def send(self, number: str, text: str, while_sending: WhileSending) -> str:
        """Take a text, as ``Sender.send`` says."""
        time.sleep(self.rng.choice([0, 0, 0.002]))
        if self.rng.random() < BUSY:
            raise NotTakenNow("429", seconds=self.rng.choice([0, 0.01]))
        key = GONE_KEY if self.rng.random() < GONE else str(uuid.uuid4())
        with while_sending():
            time.sleep(self.rng.choice([0, 0.003]))
            os.write(self.end, f"{number} {key} {time.monotonic()!r} {text}\n".encode())
        time.sleep(self.rng.choice([0, 0.002, 0.02]))
        if key == GONE_KEY or self.rng.random() < LOST:
            raise AnswerLost("timeout")
        return key

    def find(self, number: str, text: str, _since: object) -> list[str]:
        """Return the ids of the texts with these words that went to a number."""
        kept = [call for call in calls_in(self.file) if call.is_kept]
        return [call.key for call in kept if (call.number, call.text) == (number, text)]


def main(file: str, seed: str) -> None:
    """Send, and ask about what was lost, for as long as nobody ends this."""
    django.setup()
    from crm_intake.services.deliver_text import deliver_next  # noqa: PLC0415 - Django is set up
    from crm_intake.services.resolve_text import (  # noqa: PLC0415
        give_up_waiting_for_answers,
        resolve_next,
    )
    from crm_intake.services.understand_delivery import understand_next  # noqa: PLC0415

    provider = SlowProvider(Path(file), Random(seed))
    sender = Sender(name="console", label="", send=provider.send, find=provider.find)
    while True:
        give_up_waiting_for_answers()
        while understand_next() or resolve_next(sender) or deliver_next(sender):
            pass
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(*sys.argv[1:])
