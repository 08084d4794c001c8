"""The demo's servers: they start, keep their port and data, and never outlive whoever started them."""

import json
import os
import signal
import smtplib
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from config.embedded import chromium, demo
from config.embedded.checkout import Register, birth, is_running, only_one
from config.embedded.inbox import Inbox
from config.embedded.postgres import Postgres, reachable_data, unprivileged_user
from config.embedded.processes import ROOT, CannotStart, free_port, kill, port_is_free, spawn, wait_until
from config.embedded.pytest_plugin import databases_of, group_of
from config.embedded.services import Services, running, secrets, services
from config.embedded.testing import side_by_side, throwaway_folder, totals
from config.embedded.valkey import Valkey

FOR_EVER = [sys.executable, "-c", "import signal; signal.pause()"]
NOTHING_TO_START = {"DATABASE_URL": "postgres://db/a", "REDIS_URL": "redis://cache/0", "SMTP_HOST": "mail.example"}


@pytest.fixture
def folder():
    with throwaway_folder() as place:
        yield place


@pytest.fixture
def taken():
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def sleeper():
    process = spawn(FOR_EVER)
    yield process
    kill(process)


def test_postgres_keeps_port_and_committed_rows_over_a_crash(folder):
    with Postgres(folder / "pg") as server:
        port = server.port
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('hello')")
        server.kill()
        assert not server.answers()
        server.start()
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT word FROM kept").fetchall() == [("hello",)]
        assert server.port == port
    assert not server.answers()


def test_postgres_starts_after_an_initdb_that_was_cut_off(folder):
    server = Postgres(folder / "pg")
    server.folder.mkdir(parents=True)
    (server.folder / "PG_VERSION").write_text("18\n")
    server.half_made.touch()
    with server:
        assert server.answers()
    assert not server.half_made.exists()


def test_postgres_logs_no_rows(folder):
    with Postgres(folder / "pg") as server, psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE short (word varchar(30) CHECK (word <> 'canary'))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO short VALUES ('canary')")
    assert "violates check constraint" in server.log.read_text()
    assert "canary" not in server.log.read_text()


def test_valkey_keeps_port_and_queue_over_a_restart(folder):
    with Valkey(folder / "valkey") as server:
        port = server.port
        redis.Redis.from_url(server.url).rpush("queue", "wake up")
        server.restart()
        assert redis.Redis.from_url(server.url).lrange("queue", 0, -1) == [b"wake up"]
        assert server.port == port
        server.kill()
        assert not server.answers()


def test_valkey_refuses_rather_than_evicts(folder):
    with Valkey(folder / "valkey", durable=False) as server:
        settings = redis.Redis.from_url(server.url).config_get("maxmemory-policy", "appendonly")
        assert settings == {"maxmemory-policy": "noeviction", "appendonly": "no"}


def test_inbox_keeps_what_it_is_given(folder):
    with Inbox(folder / "mail") as server, smtplib.SMTP("127.0.0.1", server.port) as line:
        line.sendmail("a@cast.example", ["b@cast.example", "c@cast.example"], "Subject: Hello\r\n\r\nText\r\n")
    (file,) = (server.folder / "new").iterdir()
    assert "Subject: Hello" in file.read_text()
    assert "X-RcptTo: b@cast.example, c@cast.example" in file.read_text()


def test_a_server_that_ends_at_once_says_why(folder, taken):
    server = Valkey(folder / "valkey")
    server.port = taken
    with pytest.raises(CannotStart, match="Valkey stopped at start with exit code 1"):
        server.start()


def test_servers_end_with_whoever_started_them(folder):
    starter = (
        "import pathlib, signal, sys; from config.embedded.valkey import Valkey\n"
        "server = Valkey(pathlib.Path(sys.argv[1])); server.start(); print(server.process.pid, flush=True); signal.pause()"
    )
    command = [sys.executable, "-c", starter, str(folder / "valkey")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        assert birth(child)
        parent.kill()
    wait_until(lambda: not birth(child), "the end of the child", seconds=10)


def test_services_leave_alone_what_the_environment_names(folder):
    said = []
    with services(folder, durable=False, env=NOTHING_TO_START, say=said.append) as these:
        assert (these.running, these.env) == ([], NOTHING_TO_START)
    assert said == [
        "PostgreSQL: the one that DATABASE_URL names",
        "Redis or Valkey: the one that REDIS_URL names",
        "SMTP: the one that SMTP_HOST names",
    ]


def test_services_point_django_at_what_they_start(folder):
    env = {name: value for name, value in NOTHING_TO_START.items() if name != "SMTP_HOST"}
    with services(folder, durable=False, env=env, say=lambda text: None) as these:
        (inbox,) = these.running
        assert these.env == env | {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(inbox.port),
            "SMTP_SECURITY": "none",
            "AFTERWORD_MAILDIR": str(folder / "mail"),
        }
    assert inbox.process.poll() is not None


def test_services_stop_what_runs_when_a_later_one_fails(folder, monkeypatch):
    monkeypatch.setattr("config.embedded.valkey.PACKAGE", "no_such_package")
    these = Services(folder, durable=False, env={}, say=lambda text: None)
    with pytest.raises(CannotStart, match="set REDIS_URL"), running(these):
        pytest.fail("must not get here")
    assert [(server.name, server.answers()) for server in these.running] == [("PostgreSQL", False), ("Valkey", False)]


def test_secrets_are_made_once_and_are_private(tmp_path):
    file = tmp_path / "secrets.json"
    made = secrets(file)
    assert set(made) == {"SECRET_KEY", "AFTERWORD_MAIL_KEYS"}
    assert secrets(file) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_demo_of_a_checkout_is_refused(tmp_path):
    with only_one(tmp_path):
        assert is_running(tmp_path)
        with pytest.raises(CannotStart, match=rf"process {os.getpid()}\)"), only_one(tmp_path):
            pytest.fail("must not get here")
    assert not is_running(tmp_path)


def test_register_ends_what_was_left_behind(tmp_path, sleeper, monkeypatch):
    monkeypatch.setattr("config.embedded.checkout.GRACE_SECONDS", 0)
    register = Register(tmp_path)
    register.add(sleeper.pid)
    assert register.clear() == 1
    assert sleeper.wait() == -signal.SIGKILL
    assert (register.noted(), register.clear()) == ({}, 0)


def test_register_spares_a_process_that_got_the_number_later(tmp_path, sleeper):
    register = Register(tmp_path)
    register.file.write_text(json.dumps({str(sleeper.pid): "another birth"}))
    assert register.clear() == 0
    assert sleeper.poll() is None


def test_waiting_ends_with_the_process():
    process = spawn([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(CannotStart, match="The thing stopped at start with exit code 3"):
        wait_until(lambda: False, "The thing", seconds=30, process=process)


def test_waiting_has_an_end():
    with pytest.raises(CannotStart, match="The thing did not happen within 0 s"):
        wait_until(lambda: False, "The thing", seconds=0)


def test_a_taken_port_is_named(taken):
    assert not port_is_free(taken)
    with pytest.raises(CannotStart, match=rf"Port {taken} is taken: choose another one with --port"):
        demo.choose_port(taken)


def test_without_a_wish_the_next_free_port_is_taken(taken, monkeypatch):
    monkeypatch.setattr(demo, "DEFAULT_PORT", taken)
    chosen = demo.choose_port(None)
    assert taken < chosen < taken + 50


def test_a_wish_for_a_free_port_is_granted():
    port = free_port()
    assert demo.choose_port(port) == port


def test_data_moves_to_where_postgres_can_reach_it(tmp_path, monkeypatch):
    """As under root's home: the user PostgreSQL runs as cannot enter the folder above its data."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o600)
    user = unprivileged_user() or {"user": os.getuid()}
    place = reachable_data(closed / "pg", user)
    assert (place.parent.parent, place.name) == (tmp_path, "pg")


def test_data_stays_where_it_is_without_another_user(tmp_path):
    assert reachable_data(tmp_path / "pg", {}) == tmp_path / "pg"


@pytest.mark.parametrize(("worker", "database"), [("gw0", 0), ("gw1", 2), ("gw31", 62)])
def test_each_test_worker_has_two_databases(worker, database):
    assert databases_of(worker, "redis://127.0.0.1:6379/0") == f"redis://127.0.0.1:6379/{database}"


@pytest.mark.parametrize(
    ("arguments", "cores", "processes"),
    [
        ([], 2, ["-n", "2", "--dist=loadgroup"]),
        (["--no-browser"], 16, ["-n", "4", "--dist=loadgroup"]),
        ([], 1, []),
        ([], None, []),
        (["tests/followups", "-x"], 2, []),
        (["-n0"], 2, []),
    ],
)
def test_the_whole_suite_runs_in_a_process_per_core_and_a_part_of_it_in_one(arguments, cores, processes):
    assert side_by_side(arguments, cores=cores) == processes


def test_a_named_chromium_is_the_only_candidate(monkeypatch, tmp_path):
    monkeypatch.setenv("AFTERWORD_CHROMIUM", str(tmp_path / "none"))
    monkeypatch.setattr(chromium, "install", lambda: None)
    with pytest.raises(CannotStart, match="leave these tests out with --no-browser"):
        chromium.find_or_install()


def test_a_chromium_of_playwright_is_found(monkeypatch, tmp_path):
    program = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho Chromium 150\n")
    program.chmod(0o755)
    monkeypatch.delenv("AFTERWORD_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MAC_PROGRAMS", ())
    assert chromium.find() == Path(program)


def test_the_last_line_of_the_fault_tests_sums_up_what_they_wrote():
    records = [
        {"scenarios": 1, "failed": 0},
        {"sends": 5, "accepted": 5, "lost": 0, "doubled": 0, "again": 1, "unknown": 1, "broken": 0},
        {"controls": 1, "red": 1, "failed": 0},
        {"controls": 1, "red": 0, "failed": 1},
    ]
    assert totals(records, minutes=4.26) == (
        "faults: scenarios 1, sends 5, accepted 5, lost 0, doubled 0, unknown 1, controls red 1 of 2,"
        " invariants broken 0, failed 1, minutes 4.3"
    )


def test_files_share_a_process_and_so_does_all_that_uses_the_one_inbox(request):
    items = request.session.items
    assert group_of(request.node) == "tests/config/test_embedded.py"
    assert {group_of(item) for item in items if item.get_closest_marker("browser")} <= {"servers"}
    if getattr(request.config.option, "loadgroup", False):
        # xdist has read it.
        assert request.node.nodeid.endswith("@tests/config/test_embedded.py")
