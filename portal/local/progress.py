"""Telling the person who waits what is being done, and since when."""

import os
import sys
import time

# A helper process counts on from the start of the one that it helps.
STARTED_NAME = "YARDMASTER_STARTED"
STARTED = float(os.environ.get(STARTED_NAME) or time.monotonic())


def say(text: str) -> None:
    """Print one line with the seconds so far; to stderr, as stdout is for results."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", file=sys.stderr, flush=True)
