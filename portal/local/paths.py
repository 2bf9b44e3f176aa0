"""Where the harness keeps things: what belongs to this checkout, and what may be shared."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _cache() -> Path:
    if chosen := os.environ.get("YARDMASTER_CACHE"):
        return Path(chosen)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "yardmaster"
    return Path.home() / ".cache" / "yardmaster"


STATE = Path(os.environ.get("YARDMASTER_STATE") or ROOT / ".local").resolve()
CACHE = _cache().resolve()
LOGS = STATE / "logs"
RUN = STATE / "run"
