"""What tests leave behind is dropped once its process is gone, and not before."""

import subprocess
import sys

import pytest

from portal.testing import leftovers


def test_what_is_left_is_of_processes_that_are_gone():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert leftovers.is_left_over(f"portal_test_{gone.pid}_1a2b3c")
    assert not leftovers.is_left_over(leftovers.name_for("portal"))


@pytest.mark.parametrize("name", ["yardmaster", "odoo_dev", "test_yardmaster_gw0", "odoo_test_now"])
def test_other_databases_are_nobody_s_leftovers(name):
    assert not leftovers.is_left_over(name)
