"""Pango and a font, for PDFs: this machine's own, or Debian's packages unpacked beside. No root.

What is unpacked is found by a process of ours because ``use`` loads it before anything asks for it.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from portal.local.locks import file_lock
from portal.local.paths import CACHE

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
LIBRARIES = ("libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
FONTS = Path("/usr/share/fonts")
EVERYWHERE = {"libc6", "libgcc-s1"}
HOME = CACHE / "pango"
APT = HOME / "apt"
UNPACKED = HOME / "unpacked"
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class NoPango(Exception):
    """There is no Pango, and it cannot be had; the message says what to do."""


def ensure() -> None:
    """Fetch what is missing, once for all checkouts.

    :raises NoPango: it cannot be had.
    """
    if _is_on_the_machine() or UNPACKED.exists():
        return
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise _cannot("there is no apt-get")
    with file_lock(HOME / ".lock"):
        if not UNPACKED.exists():
            _unpack(_fetch())
            shutil.rmtree(APT)


def use() -> None:
    """Let this process find what is unpacked; nothing where the machine has its own."""
    if _is_on_the_machine() or not UNPACKED.exists():
        return
    os.environ["FONTCONFIG_FILE"] = str(UNPACKED / "fonts.conf")
    waiting = list(_libraries())
    # A library can be loaded when all that it needs is: so each round loads some more.
    while waiting:
        left = [path for path in waiting if not _loads(str(path))]
        if len(left) == len(waiting):
            return  # these need what this machine does not have; PDFs may do without
        waiting = left


def environment() -> dict[str, str]:
    """Return what a process of ours needs in its environment to find what is unpacked."""
    if _is_on_the_machine() or not UNPACKED.exists():
        return {}
    folders = dict.fromkeys(str(path.parent) for path in _libraries())
    return {
        "LD_LIBRARY_PATH": ":".join([*folders, os.environ.get("LD_LIBRARY_PATH", "")]).strip(":"),
        "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
    }


def _is_on_the_machine() -> bool:
    has_fonts = any(FONTS.rglob("*.ttf")) or any(FONTS.rglob("*.otf"))
    return has_fonts and all(_loads(name) for name in LIBRARIES)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


def _libraries() -> Iterator[Path]:
    return (path for path in sorted(UNPACKED.rglob("*.so.*")) if not path.is_symlink())


def _fetch() -> list[Path]:
    """Download them with folders of our own: the machine's stay as they are."""
    for folder in ("state/lists/partial", "cache/archives/partial", "download"):
        (APT / folder).mkdir(parents=True, exist_ok=True)
    for old in (APT / "download").glob("*.deb"):
        old.unlink()
    _apt("apt-get", "update")
    _apt("apt-get", "download", *sorted(_all_that_they_need()))
    return list((APT / "download").glob("*.deb"))


def _all_that_they_need() -> set[str]:
    """Return the packages with the libraries that they need, but those that every Debian has."""
    found: set[str] = set()
    new = set(PACKAGES)
    while new:
        found |= new
        told = _apt("apt-cache", "depends", "--important", *sorted(new))
        needed = {line.split()[-1] for line in told.splitlines() if "Depends: lib" in line}
        new = needed - found - EVERYWHERE
    return found


def _apt(program: str, *words: str) -> str:
    options = {
        "Dir::State": APT / "state",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": APT / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Update::Error-Mode": "any",  # otherwise "no mirror" ends as "no package"
    }
    if os.geteuid() == 0:
        options["APT::Sandbox::User"] = "root"  # its usual user cannot read a home folder
    argv = [program, "-q"]
    for option, value in options.items():
        argv += ["-o", f"{option}={value}"]
    return _run([*argv, *words], cwd=APT / "download")


def _unpack(archives: list[Path]) -> None:
    unfinished = HOME / ".new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for archive in archives:
        _run(["dpkg-deb", "-x", str(archive), str(unfinished)])
        archive.unlink()
    fonts = CONFIGURATION.format(fonts=UNPACKED / FONTS.relative_to("/"), cache=HOME / "fontcache")
    (unfinished / "fonts.conf").write_text(fonts)
    unfinished.rename(UNPACKED)


def _run(argv: list[str], cwd: Path = HOME) -> str:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout
    lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    raise _cannot(lines[-1].removeprefix("E: ") if lines else f"{argv[0]} failed")


def _cannot(why: str) -> NoPango:
    packages = ", ".join(PACKAGES)
    return NoPango(f"PDFs need Pango ({why}): install Debian's packages {packages}.")
