"""The static files as a running portal serves them."""

import os
import subprocess
import sys
from pathlib import Path

from cryptography.fernet import Fernet

from portal.local.paths import ROOT


def collect_static(folder: Path) -> None:
    """Collect them into a folder, named by what is in them, with settings that reach nothing."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.base",
            "SECRET_KEY": "only-to-collect-the-static-files-of-the-tests-abcdefghij",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "PUBLIC_URL": "http://127.0.0.1",
            "DEPLOYMENT": "test",
            "STATIC_ROOT": str(folder),
        },
        check=True,
    )
