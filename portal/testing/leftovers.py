"""Databases that tests make, named after their process, and that all go together at the end.

To drop one frees thousands of files at once, and a file system without a journal (ext4) then looks
at each of them before it makes a new one, for minutes: dropping each in its turn took seconds from
every test that makes one.
"""

import os
import re
import uuid
from pathlib import Path

from portal.local import odoo, postgres

OF_A_TEST = re.compile(r"[a-z]+_test_(\d+)_\w+")
KEPT = "TEST_DATABASES_STAY"  # in the environment: another run follows, and goes on making some


def name_for(kind: str) -> str:
    """Return a name that nobody else uses: ``odoo_test_4711_1a2b3c``."""
    return f"{kind}_test_{os.getpid()}_{uuid.uuid4().hex[:6]}"


def sweep() -> list[str]:
    """Drop the databases of processes that are gone; return their names."""
    found = [one for one in postgres.databases() if _is_left_over(one)]
    for name in found:
        if name.startswith(odoo.PREFIX):
            odoo.drop_database(name)
        else:
            postgres.drop_database(name)
    return found


def _is_left_over(name: str) -> bool:
    match = OF_A_TEST.fullmatch(name)
    return match is not None and not Path(f"/proc/{match[1]}").exists()
