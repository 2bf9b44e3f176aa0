"""Odoo 19 itself: Debian's package, checked by its signature, and a Python environment for it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.local.apt_sources import debian_mirror, machine_sources, sid_line
from portal.local.locks import file_lock
from portal.local.paths import CACHE, ROOT

PACKAGE = "odoo-19"
# Scripts without which its log-in page is an error 500; the other packages that it wants are fonts.
SCRIPTS = ("libjs-jquery", "libjs-jquery-form", "libjs-underscore")
CODE = Path("usr/lib/python3/dist-packages")
HOME = CACHE / "odoo"
WITHOUT = "YARDMASTER_WITHOUT_ODOO"  # to see the portal as it is where there is no Odoo
REQUIREMENTS = ROOT / "requirements-odoo.txt"


class OdooNotAvailable(Exception):
    """Odoo cannot be had here; the message is one sentence for a person, with what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Odoo 19 could not be set up on this machine ({reason}): set ODOO_URL, ODOO_DB and"
            " ODOO_API_KEY to use an Odoo 19 that runs elsewhere."
        )


@dataclass(frozen=True)
class OdooPackage:
    """Odoo's code and the Python that runs it."""

    version: str
    code: Path
    python: Path

    @property
    def addons(self) -> Path:
        """Where its modules are."""
        return self.code / "odoo" / "addons"


def ensure_package() -> OdooPackage:
    """Return Odoo 19, fetched if this machine does not have it yet. Needs no root.

    :raises OdooNotAvailable: it cannot be had, or shall not be (``YARDMASTER_WITHOUT_ODOO``).
    """
    if os.environ.get(WITHOUT):
        raise OdooNotAvailable(f"{WITHOUT} is set")
    with file_lock(HOME / ".lock"):
        unpacked = _unpacked() or _fetch()
        python = _ensure_environment()
    return OdooPackage(version=unpacked.name, code=unpacked / CODE, python=python)


def _unpacked() -> Path | None:
    """Return the newest copy in the cache: a moving suite is asked once, not at every start."""
    return max(
        (HOME / "package").glob("[!.]*"), key=lambda path: path.stat().st_mtime, default=None
    )


def _fetch() -> Path:
    mirror = debian_mirror(machine_sources())
    if mirror is None or shutil.which("apt-get") is None:
        raise OdooNotAvailable("its apt knows no Debian mirror")
    apt = HOME / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial", "download"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    for old in (apt / "download").glob("*.deb"):
        old.unlink()
    (apt / "sources.list").write_text(sid_line(mirror))
    _apt_get(apt, "update")
    _apt_get(apt, "download", PACKAGE, *SCRIPTS)
    archives = list((apt / "download").glob("*.deb"))
    unpacked = _unpack(archives)
    for archive in archives:
        archive.unlink()
    return unpacked


def _apt_get(apt: Path, *words: str) -> None:
    """Run apt-get with folders and sources of its own: the machine's stay as they are."""
    options = {
        "Dir::State": apt / "state",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": apt / "cache",
        "Dir::Etc::SourceList": apt / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::Etc::PreferencesParts": "/dev/null",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Update::Error-Mode": "any",  # otherwise "no mirror" ends as "no package"
    }
    if os.geteuid() == 0:
        options["APT::Sandbox::User"] = "root"  # its usual user cannot read a home folder
    argv = ["apt-get", "-q"]
    for option, value in options.items():
        argv += ["-o", f"{option}={value}"]
    _run([*argv, *words], cwd=apt / "download", failed="its Debian mirror did not give odoo-19")


def _unpack(archives: list[Path]) -> Path:
    odoo = next(archive for archive in archives if archive.name.startswith(f"{PACKAGE}_"))
    failed = "the package could not be unpacked"
    version = _run(["dpkg-deb", "--field", odoo, "Version"], failed=failed)
    unfinished = HOME / "package" / ".new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for archive in archives:
        _run(["dpkg-deb", "-x", archive, unfinished], failed=failed)
    _point_links_inside(unfinished)
    unpacked = HOME / "package" / version.strip()
    shutil.rmtree(unpacked, ignore_errors=True)
    return unfinished.rename(unpacked)


def _point_links_inside(root: Path) -> None:
    """Lead links that would lead to other packages' files to the copies of those below ``root``."""
    for link in (root / CODE / "odoo/addons/web/static").rglob("*"):
        if not link.is_symlink() or not (target := link.readlink()).is_absolute():
            continue
        inside = root / target.relative_to("/")
        if inside.exists():
            link.unlink()
            link.symlink_to(os.path.relpath(inside, link.parent))


def _ensure_environment() -> Path:
    """Return the Python that has what Odoo needs, as locked in requirements-odoo.txt."""
    lock = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    environment = HOME / "venv" / lock
    python = environment / "bin" / "python"
    if python.exists():
        return python
    unfinished = environment.with_name(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    uv = _uv()
    failed = "its Python packages could not be installed"
    # No --compile-bytecode: most of it is never imported.
    _run([uv, "venv", "-q", "--relocatable", "-p", sys.executable, unfinished], failed=failed)
    install: list[str | Path] = [uv, "pip", "install", "-q", "--require-hashes"]
    install += ["-r", REQUIREMENTS, "--python", unfinished / "bin" / "python"]
    _run(install, failed=failed)
    shutil.rmtree(environment, ignore_errors=True)  # one whose Python has gone
    unfinished.rename(environment)
    return python


def _uv() -> str:
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise OdooNotAvailable("uv is missing from this Python environment")
    return found


def _run(argv: Sequence[str | Path], *, failed: str, cwd: Path | None = None) -> str:
    done = subprocess.run(
        [str(word) for word in argv], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return done.stdout
    lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    reason = lines[-1].strip().removeprefix("E: ").rstrip(".") if lines else "no reason given"
    raise OdooNotAvailable(f"{failed}: {reason}")
