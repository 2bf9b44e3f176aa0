"""The client in a program without Django: it can be imported, and its page's example is true."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import odoo_bridge.client

ROOT = Path(odoo_bridge.client.__file__).parents[2]
PAGE = ROOT / "docs" / "odoo_client.md"
NO_DJANGO = """
import sys

class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ImportError("there is no Django here")

sys.meta_path.insert(0, NoDjango())
"""


def run_without_django(code, **variables):
    """What a Python process prints that has neither Django nor our settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-W", "error", "-c", NO_DJANGO + code],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_process_of_these_tests_has_no_django():
    assert "there is no Django here" in run_without_django("import django").stderr


def test_the_client_can_be_imported_without_django():
    done = run_without_django(
        "import odoo_bridge.client\nprint('imported', 'django' in sys.modules)"
    )

    assert (done.stdout, done.stderr) == ("imported False\n", "")


@pytest.mark.odoo
def test_the_example_on_the_page_is_true(odoo):
    example = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL))

    done = run_without_django(
        example, ODOO_URL=odoo.url, ODOO_DB=odoo.database, ODOO_API_KEY=odoo.admin_key
    )

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "json2",
        "1 lead, made once",
        "9 made, 1 refused",
        "read again: True",
        "nobody must act on OdooMissing but the office",
    ]


def test_the_page_names_all_that_is_public():
    page = PAGE.read_text()

    missing = [name for name in odoo_bridge.client.__all__ if f"`{name}" not in page]

    assert missing == []
