"""``python -m bench.stops``: 1,000 people say stop while texts to them are being sent.

Real posts of Quo at the real web server race with senders, processes of their own that are killed
now and then, with a provider that is slow, takes nothing at times and loses answers. Some texts
were queued before, some are held until just now, some are wanted in the middle, some are tried
again. Some people stop from another number of theirs, or from one that becomes theirs meanwhile.

No call for anybody's number may begin after their stop was answered, and none is made twice.
"""

from __future__ import annotations

import argparse
import queue
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count

from bench.live import running_portal
from bench.pairs import report
from portal.local import processes
from portal.testing import unmeasured
from portal.testing.own_database import portal_database
from portal.testing.running import RunningPortal, within

if TYPE_CHECKING:
    from bench.stops_people import Someone
    from bench.stops_sender import Call

SEED = 12
SENDERS, STOPPERS = 2, 4
WAITING = 6  # texts at most, so that each is about to be sent when somebody says stop
PACE = "100"  # texts a second, the most that a setting allows
EACH_DEATH = 100  # people
AT_ITS_TURN = 0.7  # chance that a stop comes while the text is being sent, and not before
LATER = (0, 0, 0.002, 0.005, 0.02)  # seconds
MOMENT = 0.002  # seconds
ENDS_WITHIN = 600  # seconds


class Senders:
    """The processes that send; one of them is killed, and another takes its place."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self.folder, self.file, self.rng = folder, folder / "calls", rng
        self.file.touch()
        self.deaths = 0

    def start(self) -> None:
        """Start all of them."""
        for place in range(SENDERS):
            self.start_one(place)

    def start_one(self, place: int) -> None:
        """Start one."""
        argv = [sys.executable, "-m", "bench.stops_sender", self.file, str(self.rng.random())]
        env = {**unmeasured.environment(), "TEXTS_PER_SECOND": PACE}
        processes.start(f"sender{place}", argv, env=env, run=self.folder, logs=self.folder)

    def one_dies(self) -> None:
        """Let one die as a crash would, and start another."""
        place = self.deaths % SENDERS
        name = f"sender{place}"
        assert processes.running(name, run=self.folder), processes.last_lines(
            name, logs=self.folder
        )
        processes.stop(name, polite=SIGKILL, run=self.folder)
        self.deaths += 1
        self.start_one(place)

    def stop(self) -> None:
        """End all of them."""
        for place in range(SENDERS):
            processes.stop(f"sender{place}", run=self.folder)


def main() -> int:
    """Race; a call that began too late raises."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="10,000 people instead of 1,000")
    words.add_argument("--seed", type=int, default=SEED)
    asked = words.parse_args()
    rng = Random(asked.seed)
    with portal_database("bench"), tempfile.TemporaryDirectory() as folder:
        from bench.stops_people import everybody  # noqa: PLC0415 - Django must be set up
        from bench.stops_sender import calls_in  # noqa: PLC0415
        from crm_intake.tests.conftest import NEW_KEY  # noqa: PLC0415

        people = everybody(10_000 if asked.full else 1_000, rng)
        senders = Senders(Path(folder), rng)
        with running_portal("web", QUO_WEBHOOK_KEY=NEW_KEY) as portal:
            try:
                answered = race(portal, senders, people, rng)
            finally:
                senders.stop()
        figures = check(calls_in(senders.file), answered)
    killed = {"seed": asked.seed, "senders killed": senders.deaths}
    return report("stops", {**killed, **figures}, [])


def race(
    portal: RunningPortal, senders: Senders, people: list[Someone], rng: Random
) -> dict[str, float]:
    """Let all say stop while texts to them go out; return when each was answered."""
    from bench.stops_people import all_is_known, minutes_pass, waiting  # noqa: PLC0415
    from crm_intake.models import OutgoingText  # noqa: PLC0415

    line: queue.SimpleQueue[Someone | None] = queue.SimpleQueue()
    answered: dict[str, float] = {}
    senders.start()
    with ThreadPoolExecutor(STOPPERS) as pool:
        stoppers = [
            pool.submit(stop_them, portal.url, line, answered, Random(rng.random()))
            for _ in range(STOPPERS)
        ]
        for place, someone in enumerate(people, 1):
            while waiting() >= WAITING:
                time.sleep(MOMENT)
            someone.is_wanted()
            line.put(someone)
            if place % EACH_DEATH == 0:
                senders.one_dies()
        for _ in stoppers:
            line.put(None)
        for stopper in stoppers:
            stopper.result()
    senders.stop()
    minutes_pass(OutgoingText.DOUBTFUL)
    senders.start()
    within(ENDS_WITHIN, all_is_known)
    return answered


def stop_them(
    url: str,
    line: queue.SimpleQueue[Someone | None],
    answered: dict[str, float],
    rng: Random,
) -> None:
    """Let those in the line say stop, most of them when their text's turn has come.

    Some are written to once more after it.
    """
    while someone := line.get():
        if rng.random() < AT_ITS_TURN:
            someone.wait_for_its_turn()
        time.sleep(rng.choice(LATER))
        answered[someone.number] = someone.stop(url, rng)
        someone.is_wanted_again()
    connection.close()


def check(calls: list[Call], answered: dict[str, float]) -> dict[str, object]:
    """Fail unless no call began too late and no text is there twice; return what happened."""
    from bench.stops_people import WORDS  # noqa: PLC0415 - Django must be set up
    from crm_intake.models import OutgoingText  # noqa: PLC0415

    texts = OutgoingText.objects.filter(text__startswith=WORDS)
    calls = [call for call in calls if call.text.startswith(WORDS)]
    late = [call for call in calls if call.at > answered[call.number]]
    assert not late, late
    kept = Counter(call.text for call in calls if call.is_kept)
    assert max(kept.values()) == 1, [text for text, times in kept.items() if times > 1]
    states = dict(texts.values_list("state").annotate(number=Count("pk")))
    assert set(states) == {"SENT", "REFUSED"}, states
    sent = set(texts.filter(state="SENT").values_list("text", flat=True))
    assert sent == set(kept), "what we know differs from what was sent"
    return {
        "people who said stop": len(answered),
        "calls that began before": len(calls),
        "texts that were stopped": states["REFUSED"],
    }


if __name__ == "__main__":
    sys.exit(main())
