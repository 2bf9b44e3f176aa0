"""Running ``manage.py`` with an environment of ours."""

import subprocess
import sys
from collections.abc import Mapping, Sequence

from portal.local import postgres, valkey
from portal.local.paths import ROOT
from portal.local.portal_env import portal_environment
from portal.local.ports import NotReady, remembered_port


class CommandFailed(Exception):
    """A command of ``manage.py`` ended badly; the message is its last line."""


def manage(words: Sequence[str], *, env: Mapping[str, str], line: str = "") -> str:
    """Run ``manage.py`` quietly, with ``line`` on its standard input, and return what it printed.

    :raises CommandFailed: it did not end well.
    """
    done = subprocess.run(
        _argv(words),
        cwd=ROOT,
        env=dict(env),
        input=f"{line}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
        raise CommandFailed(f"manage.py {words[0]} failed: {said[-1]}")
    return done.stdout


def run_manage(words: Sequence[str]) -> int:
    """Run ``manage.py`` with this checkout's services and the tests' settings: its exit code.

    :raises NotReady: PostgreSQL or Valkey does not start.
    """
    if not words:
        raise NotReady("Say which command of manage.py to run, such as: manage showmigrations")
    env = portal_environment(
        database_url=postgres.portal_database_url(),
        redis_url=valkey.ensure_running(),
        port=remembered_port("web"),
    )
    # Only they have the commands that `make check` uses.
    env["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    return subprocess.run(_argv(words), cwd=ROOT, env=env, check=False).returncode


def _argv(words: Sequence[str]) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]
