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


def sweep() -> None:
    """Drop the databases of processes that are gone."""
    for name in filter(is_left_over, postgres.databases()):
        if name.startswith(odoo.PREFIX):
            odoo.drop_database(name)
        else:
            postgres.drop_database(name)


def is_left_over(name: str) -> bool:
    """Say whether a database was made by a test whose process is gone."""
    match = OF_A_TEST.fullmatch(name)
    return match is not None and not Path(f"/proc/{match[1]}").exists()
