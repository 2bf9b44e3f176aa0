"""Where Pango comes from, for a checkout on a machine that has none."""

import shutil
import subprocess

import pytest

from portal.local import pango

NEEDS = {
    "libpango-1.0-0": "Depends: fontconfig\n  Depends: libc6\n  Depends: libglib2.0-0",
    "libglib2.0-0": "Depends: libc6\n PreDepends: libffi8\n  Depends: libpango-1.0-0",
}


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """Let the machine have no Pango, and nothing be unpacked yet."""
    monkeypatch.setattr(pango, "_is_on_the_machine", lambda: False)
    monkeypatch.setattr(pango, "UNPACKED", tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_a_machine_that_has_it_is_left_alone(monkeypatch):
    monkeypatch.setattr(pango, "_is_on_the_machine", lambda: True)
    monkeypatch.setattr(subprocess, "run", None)

    pango.ensure()
    pango.use()

    assert pango.environment() == {}


def test_without_apt_it_says_what_to_install(bare, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    with pytest.raises(pango.NoPango, match=r"no apt-get\): install Debian's packages libpango"):
        pango.ensure()


def test_all_libraries_that_are_needed_come_along_but_those_of_every_debian(monkeypatch):
    monkeypatch.setattr(
        pango, "_apt", lambda *words: "\n".join(NEEDS.get(one, "") for one in words)
    )

    assert pango._all_that_they_need() == {*pango.PACKAGES, "libglib2.0-0", "libffi8"}


def test_a_process_is_told_where_the_libraries_and_fonts_are(bare, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/elsewhere")
    (bare / "lib").mkdir(parents=True)
    (bare / "lib" / "liba.so.1.2").touch()
    (bare / "lib" / "liba.so.1").symlink_to("liba.so.1.2")

    assert pango.environment() == {
        "LD_LIBRARY_PATH": f"{bare}/lib:/elsewhere",
        "FONTCONFIG_FILE": f"{bare}/fonts.conf",
    }


def test_libraries_that_load_nowhere_are_no_error(bare, monkeypatch):
    (bare / "lib").mkdir(parents=True)
    (bare / "lib" / "liba.so.1.2").touch()
    monkeypatch.setenv("FONTCONFIG_FILE", "")

    pango.use()
