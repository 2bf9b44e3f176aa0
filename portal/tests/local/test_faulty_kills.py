"""Kill points: exactly the given process, exactly at the given call."""

import subprocess
import sys

import pytest
import requests

from portal.local.faulty_calls import in_database, writes
from portal.tests.local.faulty_bench import TIMEOUT, post, proxy, upstream

__all__ = ["proxy", "upstream"]


@pytest.fixture
def sleeper():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


@pytest.fixture
def bystander():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        yield process
        process.kill()


def test_kills_exactly_the_given_process_before_a_call_reaches_odoo(
    proxy, upstream, sleeper, bystander
):
    point = proxy.kill(sleeper.pid, before_call=2)

    assert post(proxy).status_code == 200
    with pytest.raises(requests.ConnectionError):
        post(proxy)

    assert sleeper.wait(TIMEOUT) == -9
    assert bystander.poll() is None
    assert point.fired.is_set()
    assert len(upstream.bodies) == 1
    assert [call.outcome for call in proxy.calls] == ["passed", "killed before"]


def test_kills_after_odoo_has_answered_and_before_anyone_hears_of_it(proxy, upstream, sleeper):
    point = proxy.kill(after_call=1)
    point.pid = lambda: sleeper.pid  # the process usually starts after the proxy

    with pytest.raises(requests.ConnectionError):
        post(proxy)

    assert sleeper.wait(TIMEOUT) == -9
    assert len(upstream.bodies) == 1


def test_counts_only_the_calls_it_is_told_to_count(proxy, sleeper):
    proxy.kill(sleeper.pid, before_call=2, counting=in_database("demo", also=writes))

    post(proxy, method="write")
    post(proxy, method="search_read")
    post(proxy, method="write", database="other")
    assert sleeper.poll() is None
    with pytest.raises(requests.ConnectionError):
        post(proxy, method="unlink")

    assert sleeper.wait(TIMEOUT) == -9


def test_a_kill_point_says_when(proxy):
    with pytest.raises(ValueError, match="before_call or after_call"):
        proxy.kill(1)
