"""Processes whose lines are not counted: what they run is tested, and counted, by itself too.

Counting costs them a third of their time, of which the longest tests have the most.
"""

import os


def environment() -> dict[str, str]:
    """Return this process's environment without what makes a child count its lines."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
