import sys
import time

import pytest

from portal.local import demo, demo_env, demo_people, portal_env, portal_processes, processes
from portal.local.demo_odoo import DemoOdoo
from portal.local.locks import Taken, file_lock
from portal.local.ports import NotReady
from portal.local.private_files import kept_values, write_private
from portal.settings.env import Env  # noqa: TID251 - it is what is tested

NAMES = {
    *("PORTAL_URL", "ODOO_URL", "ODOO_DB", "ODOO_API_KEY", "ODOO_ADMIN_KEY"),
    *("QUO_SIGNING_SECRET", "QUO_WEBHOOK_KEY", "DATABASE_URL", "REDIS_URL", "HEALTH_TOKEN"),
    *("ADMIN_EMAIL", "ADMIN_PASSWORD", "OFFICE_EMAIL", "OFFICE_PASSWORD"),
    *("DIRECTOR_EMAIL", "DIRECTOR_PASSWORD", "PRODUCTION_EMAIL", "PRODUCTION_PASSWORD"),
    *("DRIVER_EMAIL", "DRIVER_PASSWORD", "DRIVER_2_EMAIL", "DRIVER_2_PASSWORD"),
}
ODOO = DemoOdoo("http://127.0.0.1:8069", "odoo_demo", "an-admins-key", True, [7, 8])


def environment(state):
    return portal_env.portal_environment(
        database_url="postgresql://yardmaster@127.0.0.1:1/yardmaster",
        redis_url="redis://127.0.0.1:1/0",
        port=8000,
        state=state,
    )


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path):
    first = portal_env.portal_secrets(state=tmp_path)

    assert portal_env.portal_secrets(state=tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_a_new_name_gets_a_value_and_the_others_keep_theirs(tmp_path):
    path = tmp_path / "kept.json"
    kept_values(path, {"old": lambda: "first"})

    values = kept_values(path, {"old": lambda: "second", "new": lambda: "third"})

    assert values == {"old": "first", "new": "third"}


def test_a_private_file_is_replaced_whole(tmp_path):
    path = tmp_path / "file"
    path.write_text("a longer text that anybody can read")
    path.chmod(0o644)

    write_private(path, "short")

    assert path.read_text() == "short"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_the_portal_accepts_its_environment(tmp_path, monkeypatch):
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    settings = Env(_env_file=None)

    assert settings.DEPLOYMENT == "demo"
    assert settings.PUBLIC_URL == "http://127.0.0.1:8000"
    assert settings.EMAIL_URL.removeprefix("filemail://") == str(tmp_path / "mail")


def test_there_is_a_person_for_every_role():
    assert {one.role for one in demo_people.PEOPLE} == {
        *("ADMIN", "OFFICE", "DIRECTOR", "PRODUCTION", "DRIVER")
    }
    assert [one.email for one in demo_people.DRIVER_PEOPLE] == [
        "driver@yard.example",
        "driver2@yard.example",
    ]


@pytest.mark.parametrize("found", [ODOO, None], ids=["with Odoo", "without Odoo"])
def test_demo_env_holds_every_name_and_only_its_owner_reads_it(tmp_path, monkeypatch, found):
    path = tmp_path / "demo.env"
    monkeypatch.setattr(demo_env, "PATH", path)

    demo_env.write(env=environment(tmp_path), odoo_key="the-bots-key", found=found)

    values = demo_env.read()
    assert set(values) == NAMES
    assert values["PORTAL_URL"] == "http://127.0.0.1:8000"
    assert values["ODOO_API_KEY"] == "the-bots-key"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_last_words_tell_where_everything_is(tmp_path):
    text = demo_env.welcome(env=environment(tmp_path), found=ODOO)

    for person in demo_people.PEOPLE:
        assert person.email in text
    assert "http://127.0.0.1:8000" in text
    assert "http://127.0.0.1:8069/web?db=odoo_demo" in text


def test_without_odoo_the_last_words_say_so(tmp_path):
    assert "none" in demo_env.welcome(env=environment(tmp_path), found=None)


def test_a_lock_that_is_held_is_refused_to_those_who_do_not_wait(tmp_path):
    with (
        file_lock(tmp_path / "lock"),
        pytest.raises(Taken),
        file_lock(tmp_path / "lock", wait=False),
    ):
        pass


def test_a_second_demo_is_refused_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "LOCK", tmp_path / "demo.lock")

    with file_lock(demo.LOCK), pytest.raises(NotReady, match="runs already") as refusal:
        demo.run_demo()

    assert "\n" not in str(refusal.value)


def test_a_process_that_ends_by_itself_is_named_with_its_last_words(tmp_path):
    folders = {"run": tmp_path / "run", "logs": tmp_path / "logs"}
    processes.start("steady", [sys.executable, "-c", "import time; time.sleep(60)"], **folders)
    dying = processes.start("dying", [sys.executable, "-c", "print('no such table')"], **folders)
    deadline = time.monotonic() + 10
    while dying.alive and time.monotonic() < deadline:
        time.sleep(0.01)

    portal_processes.check_all(["steady"], **folders)
    with pytest.raises(portal_processes.ProcessEnded, match=r"(?s)dying.*no such table"):
        portal_processes.check_all(["steady", "dying"], **folders)

    processes.stop("steady", run=folders["run"])
