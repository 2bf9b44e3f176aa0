"""Telling the person who waits what is being done, and since when."""

import sys
import time

_STARTED = time.monotonic()


def say(text: str) -> None:
    """Print one line with the seconds so far; to stderr, as stdout is for results."""
    print(f"{time.monotonic() - _STARTED:6.1f} s  {text}", file=sys.stderr, flush=True)
