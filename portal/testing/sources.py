"""The project's own files, for the tests that read them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked_files(*patterns: str) -> list[Path]:
    """Return the files of the project, those about to be added included.

    Asked of git: the folder also holds databases and processes that come and go meanwhile.

    :param patterns: as git understands them, such as ``"*.py"``; none means every file.
    """
    listed = subprocess.run(  # noqa: S603 - patterns of ours
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]
