import os
import subprocess
import sys
import time

import pytest

from portal.local import processes
from portal.local.processes import Child

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def folders(tmp_path):
    return {"run": tmp_path / "run", "logs": tmp_path / "logs"}


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_starts_a_process_that_another_call_finds_and_stops(folders):
    child = processes.start("sleeper", SLEEP, **folders)

    assert processes.running("sleeper", run=folders["run"]) == child
    assert processes.stop("sleeper", run=folders["run"])
    assert not child.alive
    assert processes.running("sleeper", run=folders["run"]) is None


def test_remembers_whom_it_started_by_the_beginning_of_their_names(folders):
    for name in ("odoo-1", "odoo", "valkey"):
        processes.start(name, [sys.executable, "-c", ""], **folders)

    assert processes.started("odoo", run=folders["run"]) == ["odoo", "odoo-1"]


def test_stopping_what_does_not_run_says_so(folders):
    assert not processes.stop("nobody", run=folders["run"])


def test_writes_what_the_process_says_to_its_log(folders):
    child = processes.start("talker", [sys.executable, "-c", "print('one\\ntwo')"], **folders)
    wait_for(lambda: not child.alive)

    assert processes.last_lines("talker", count=1, logs=folders["logs"]) == "two"


def test_ends_a_whole_group_that_does_not_listen(folders):
    child = processes.start("stubborn", [sys.executable, "-c", STUBBORN], **folders)
    wait_for(lambda: processes.last_lines("stubborn", logs=folders["logs"]) == "ready")
    assert len(processes.group_members(child.pid)) == 2

    processes.end(child, timeout=0.2)

    wait_for(lambda: not processes.group_members(child.pid))
    assert not child.alive


def test_a_zombie_is_not_alive():
    popen = subprocess.Popen([sys.executable, "-c", ""])
    wait_for(lambda: processes.read_stat(popen.pid).state == "Z")

    assert not processes.child_from_pid(popen.pid).alive

    popen.wait()


def test_what_runs_on_is_no_warning_at_the_end(folders, tmp_path):
    starting = f"""
from pathlib import Path
from portal.local import processes
processes.start("sleeper", {SLEEP}, run=Path("{folders["run"]}"), logs=Path("{tmp_path}"))
"""
    starter = subprocess.run(
        [sys.executable, "-W", "error", "-"],
        input=starting,
        capture_output=True,
        text=True,
        check=True,
    )

    assert starter.stderr == ""
    assert processes.stop("sleeper", run=folders["run"])


def test_another_process_with_the_same_id_is_left_alone(folders):
    child = processes.start("sleeper", SLEEP, **folders)
    processes.remember("old", Child(child.pid, child.started - 1), run=folders["run"])

    assert processes.running("old", run=folders["run"]) is None
    assert not processes.stop("old", run=folders["run"])

    assert child.alive
    processes.end(child)


def test_a_name_with_brackets_does_not_confuse_the_reading(tmp_path, folders):
    program = tmp_path / "a) S (b"
    program.symlink_to("/bin/sleep")
    child = processes.start("odd", [program, "60"], **folders)

    stat = processes.read_stat(child.pid)
    assert (stat.group, stat.session) == (child.pid, child.pid)
    assert child.alive

    processes.end(child)


def test_knows_this_process():
    assert processes.read_stat(os.getpid()).session == os.getsid(0)
    assert processes.child_from_pid(os.getpid()).alive
