"""``python -m bench.quiet_hours``: a million readers and moments, and no text outside the hours.

Half of the moments lie where a clock is put forward or back. What is allowed is said by the tests'
own table (``crm_intake.tests.hours_table``); a text that leaves outside of it, or later than it
could, ends the bench.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from random import Random

from bench.pairs import report
from crm_intake.tests.hours_pairs import a_pair, check

PROCESSES = 2
PAIRS = 1_000_000
SEED = 1930


def main() -> int:
    """Check all; a pair that is wrong raises."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="five million pairs instead of one")
    words.add_argument("--seed", type=int, default=SEED)
    asked = words.parse_args()
    pairs = PAIRS * (5 if asked.full else 1)
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        share = pairs // PROCESSES
        parts = pool.starmap(check_many, [(asked.seed + n, share) for n in range(PROCESSES)])
    seconds = time.perf_counter() - began
    seen = sum(parts, Counter[str]())
    assert seen["pairs"] == pairs, seen
    figures: dict[str, object] = {"seeds": [asked.seed + n for n in range(PROCESSES)]}
    figures |= {name: f"{number:,}" for name, number in seen.items()}
    figures["pairs a second"] = f"{pairs / seconds:,.0f}"
    return report("quiet_hours", {**figures, "texts outside": 0}, [])


def check_many(seed: int, pairs: int) -> Counter[str]:
    """Check so many pairs of one seed; return how many were of which kind."""
    rng, seen = Random(seed), Counter[str]()
    for _pair in range(pairs):
        pair = a_pair(rng)
        seen["pairs"] += 1
        seen["had to wait"] += check(pair, rng)
        seen["near a change of a clock"] += pair.near_a_change
        seen["on several clocks"] += len(pair.zones) > 1
        seen["known by neither number nor address"] += pair.is_nowhere
    return seen


if __name__ == "__main__":
    sys.exit(main())
