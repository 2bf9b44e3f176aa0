"""The rules of the house that no library checks for us."""

import re

import pytest
from django.core.management import call_command

from portal.testing.sources import ROOT, tracked_files

MOST_LINES = {".py": 300, ".ts": 300, ".css": 300, ".html": 150}
TOP_LEVEL = {
    *("portal", "scheduling", "drivers", "crm_intake", "odoo_bridge", "templates", "static"),
    *("manage.py", "pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
    *("Makefile", "docs", "deploy", "bench", ".ci", ".env.example", ".gitignore", ".dockerignore"),
    *(".pre-commit-config.yaml", ".npmrc", "package.json", "tsconfig.json", "package-lock.json"),
    *("requirements.txt", "requirements-dev.txt", "requirements-boot.txt", "requirements-node.txt"),
    "requirements-odoo.txt",
}


FILES = tracked_files()
PARTIALS = [file for file in FILES if file.suffix == ".html" and file.name.startswith("_")]


def test_nothing_else_stands_at_the_top():
    assert {file.relative_to(ROOT).parts[0] for file in FILES} <= TOP_LEVEL


def test_no_file_holds_more_than_one_idea():
    too_long = {
        str(file.relative_to(ROOT)): lines
        for file in FILES
        if file.suffix in MOST_LINES and "migrations" not in file.parts
        if (lines := len(file.read_text().splitlines())) > MOST_LINES[file.suffix]
    }

    assert too_long == {}


def test_no_file_is_named_after_nothing():
    nameless = {"utils.py", "helpers.py", "common.py", "misc.py"}

    assert [file for file in FILES if file.name in nameless] == []


@pytest.mark.parametrize("partial", PARTIALS, ids=lambda file: file.name)
def test_a_partial_has_one_root_element_named_after_the_file(partial):
    first_tag = re.search(r"<[a-z][^>]*>", partial.read_text())
    name = partial.stem.removeprefix("_").replace("_", "-")

    assert first_tag
    assert re.search(rf'\bid="{name}(-{{{{[^"]+}}}})?"', first_tag.group()), first_tag.group()


def test_the_locks_name_no_address():
    names = ("requirements", "package-lock")
    locks = [f for f in FILES if f.parent == ROOT and f.name.startswith(names)]

    assert len(locks) == 6
    assert [file.name for file in locks if re.search(r"https?://", file.read_text())] == []


@pytest.mark.parametrize(
    "template", [f for f in FILES if f.suffix == ".html"], ids=lambda f: f.name
)
def test_a_template_carries_no_inline_style_or_script(template):
    text = template.read_text()

    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|<style|<script(?![^>]*\ssrc=)", text)


def test_the_state_diagrams_are_what_the_code_says(capsys):
    call_command("state_diagrams")

    assert (ROOT / "docs" / "states.md").read_text() == capsys.readouterr().out


def test_env_example_is_what_the_settings_say():
    from portal.settings.example import example_text  # noqa: PLC0415, TID251 - its one reader

    assert (ROOT / ".env.example").read_text() == example_text()
