import os
import signal

import psycopg
import pytest

from portal.local import cluster, processes
from portal.local.cluster import Cluster


@pytest.fixture
def server(tmp_path):
    server = Cluster(name="pg", state=tmp_path)
    assert cluster.ensure_running(server)
    yield server
    cluster.stop(server)


def ask(server, statement):
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_second_call_finds_it_running(server):
    assert not cluster.ensure_running(server)


def test_is_durable_and_takes_connections_on_the_loopback_only(server):
    assert ask(server, "SHOW fsync") == "on"
    assert ask(server, "SHOW synchronous_commit") == "on"
    assert ask(server, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(server, "SHOW unix_socket_directories") == ""


def test_comes_back_after_it_was_killed_with_what_was_committed(server):
    ask(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(processes.running("pg", run=server.run).pid, signal.SIGKILL)

    assert cluster.ensure_running(server)

    assert ask(server, "SELECT answer FROM kept") == 42


def test_comes_back_when_another_process_has_the_old_id(server):
    cluster.stop(server)
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")

    assert cluster.ensure_running(server)

    assert ask(server, "SELECT 1") == 1


def test_finds_its_server_again_when_only_the_note_of_it_was_lost(server):
    child = processes.running("pg", run=server.run)
    processes.pid_file("pg", run=server.run).unlink()

    assert not cluster.ensure_running(server)

    assert processes.running("pg", run=server.run) == child


def test_stops_with_connections_open(server):
    with psycopg.connect(server.url("postgres")):
        assert cluster.stop(server)
    assert processes.running("pg", run=server.run) is None
