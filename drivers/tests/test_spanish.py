"""Whatever a driver reads on the phone is said in Spanish, too, and nothing else is kept there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

from crm_intake import failures
from crm_intake.gate import decision
from crm_intake.services import send_text
from drivers.forms import acts, plain
from drivers.selectors import claims, lost_links
from drivers.services import (
    ask_by_card,
    check_load,
    collect_money,
    deliver_stop,
    keep_file,
    leave_stop,
    take_act,
    tell_of_way,
    text_customer,
)
from drivers.tests.spanish import VALUE, WORDS, entries, entry_of, screens
from drivers.views import acts as acts_view
from drivers.views import files
from odoo_bridge.outbox.handlers.make_payment_link import ALL_PAID
from portal.core import pictures
from scheduling.models import Job
from scheduling.services import complete_job, fail_job, lock_job, lock_stop, open_run

# Where an act or a file is refused or kept; of the last ones only what a driver comes through.
WHOLE = (
    *(ask_by_card, check_load, collect_money, deliver_stop, keep_file, leave_stop, take_act),
    *(tell_of_way, text_customer, claims, complete_job, fail_job, lock_stop, send_text),
)
PARTS = {
    lock_job: ["refuse_what_is_gone"],
    open_run: ["lock_runs"],
    pictures: ["kind_of_clean", "_opened"],
}
ANY = "7"  # some value


def raised_in(module, functions=None) -> Iterator[str]:
    """Yield the words of what is raised there, with a value where there is one."""
    tree = ast.parse(Path(module.__file__).read_text())
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    within = [one for one in tree.body if functions is None or _name(one) in functions]
    assert len(within) == len(functions or tree.body), "one of the functions is not there any more"
    for node in (one for part in within for one in ast.walk(part)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            [words] = node.exc.args
            if isinstance(words, ast.Name):
                words = named.get(words.id) or ast.Constant(getattr(module, words.id))
            if not isinstance(words, ast.Attribute):  # what a form has found is looked at below
                yield _in_words(words)


def _name(node: ast.stmt) -> str:
    return getattr(node, "name", "")


def _in_words(node) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr), "write the words where they are raised, or name them"
    return "".join(str(one.value) if isinstance(one, ast.Constant) else ANY for one in node.values)


def messages(form: type[forms.Form]) -> Iterator[str]:
    for name, field in form.base_fields.items():
        if isinstance(field, forms.BooleanField):
            continue  # anything is yes or no
        lacks = set(plain.CODES) - field.error_messages.keys()
        assert not lacks, f"{form.__name__}.{name} says something in Django's words"
        yield from map(str, field.error_messages.values())


def sentences() -> set[str]:
    return {
        *(words for module in WHOLE for words in raised_in(module)),
        *(words for module, names in PARTS.items() for words in raised_in(module, names)),
        *(words for form in {*acts.FORMS.values()} for words in messages(form)),
        *(acts.NO_LIST, acts.ODD_LINE, acts.TWICE, acts.ODD_CHECK, plain.unreadable("stop")),
        *(take_act.REUSED, acts_view.TOO_LONG, files.TOO_LARGE),
        *map(str, decision.REASONS.values()),
        str(decision.reason_of("a state's rule")),
        *(ALL_PAID, ask_by_card.NO_NUMBER, str(lost_links.TAKEN_BACK)),
        *map(str, failures.WORDS.values()),
        str(failures.words_of(ANY)),
        *(state.label.lower() for state in Job.State if state != Job.State.SCHEDULED),
    }


def test_each_sentence_has_its_spanish_and_each_entry_its_sentence():
    found = {words: entry_of(words) for words in sentences()}

    assert sorted(words for words, entry in found.items() if entry is None) == []
    assert sorted(entries().keys() - set(found.values())) == []


def test_each_of_the_phone_s_own_words_is_written_where_something_is_said():
    own, written = entries(WORDS), screens()

    assert "Start the run" in own
    assert [words for words in own if f'"{words}"' not in written] == []


@pytest.mark.parametrize(("words", "said"), sorted([*entries().items(), *entries(WORDS).items()]))
def test_the_spanish_has_the_same_values(words, said):
    assert sorted({*VALUE.findall(words)}) == sorted({*VALUE.findall(said)})
