"""What tests leave behind is dropped once its process is gone, and not before."""

import subprocess
import sys

import pytest

from portal.local import postgres
from portal.testing import leftovers


def test_the_databases_of_who_is_gone_are_dropped():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    theirs, ours = f"portal_test_{gone.pid}_1a2b3c", leftovers.name_for("portal")
    for name in (theirs, ours):
        postgres.create_database(name)

    dropped = leftovers.sweep()

    assert theirs in dropped
    assert theirs not in postgres.databases()
    assert ours in postgres.databases()


@pytest.mark.parametrize("name", ["yardmaster", "odoo_dev", "test_yardmaster_gw0", "odoo_test_now"])
def test_other_databases_are_nobody_s_leftovers(name):
    assert not leftovers.OF_A_TEST.fullmatch(name)
