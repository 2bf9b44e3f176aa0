"""Files that only their owner may read, written whole or not at all."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from portal.local.locks import file_lock


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to a file that nobody else on this machine can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)


def kept_values(path: Path, makers: Mapping[str, Callable[[], str]]) -> dict[str, str]:
    """Return a value for each name: the one kept in ``path``, or one made now and kept there."""
    with file_lock(path.with_name(f"{path.name}.lock")):
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        missing = {name: make() for name, make in makers.items() if name not in kept}
        if missing:
            kept |= missing
            write_private(path, json.dumps(kept, indent=1))
    return {name: kept[name] for name in makers}
