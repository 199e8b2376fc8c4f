"""A newcomer's first minutes, with real processes: start, read, stop, start again, be clumsy."""

import json
import os
import re
import signal
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from newcomer import a_free_port, alive, dateline, get, running, wait_until, worked_seconds

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def home(laid, copy_laid, tmp_path_factory):
    """Return a laid home for all tests of this file, and its account."""
    return copy_laid(tmp_path_factory.mktemp("newcomer") / "home"), laid[1]


def is_worker(pid):
    file = Path(f"/proc/{pid}/cmdline")
    return file.exists() and "run_worker" in file.read_text()


@pytest.fixture(scope="module")
def served(laid, copy_laid, tmp_path_factory):
    """Return a running newsroom for the tests that leave it running, and its home."""
    home = copy_laid(tmp_path_factory.mktemp("served") / "home")
    with running(home, a_free_port()) as server:
        server.wait_until_ready()
        yield server, home


def test_the_first_run_prints_the_account_once_and_serves_site_and_desk(first_run):
    assert first_run["desk"] == f"{first_run['address']}/desk/"
    assert len(first_run["password"]) >= 12
    assert first_run["site"] == 200
    assert first_run["login"][0] == 200
    assert "password" in first_run["login"][1]
    assert first_run["ended"] == 0
    assert sum(first_run["user"] in line for line in first_run["said"]) == 1
    assert {path.name for path in Path(first_run["home"]).iterdir()} == {
        "site",
        "db",
        "snapshots",
        "media",
        "keys",
        "log",
    }


def test_a_second_start_is_quick_loses_nothing_and_ends_whole_at_ctrl_c(home, free_port):
    folder, _account = home
    dateline(folder, "setup", "--empty", PORT=str(free_port))
    added = dateline(
        folder, "staff", "add", "vera", "--role", "editor", "--password-stdin", text="a long pass phrase\n"
    )
    assert added.returncode == 0, added.stderr
    with running(folder, free_port) as server:
        server.wait_until_ready()
        took = worked_seconds(server.process.pid)
        assert not any("Setting up" in line or "password" in line for line in server.said)
        children = server.children()
        assert len(children) >= 3
        assert server.end(signal.SIGINT) == 0
    assert not [pid for pid in children if alive(pid)]
    assert "vera" in dateline(folder, "staff", "list").stdout
    # The five seconds are by the clock, of a machine that does nothing else; parent, server and worker share them.
    assert took < 20


def test_a_signal_that_comes_while_the_server_starts_is_not_lost(home, free_port):
    with running(home[0], free_port) as server:
        wait_until(lambda: len(server.children()) >= 2)
        children = server.children()
        assert server.end(signal.SIGTERM) == 0
    assert not [pid for pid in children if alive(pid)]


def test_the_children_end_when_their_parent_is_killed(home, free_port):
    with running(home[0], free_port) as server:
        server.wait_until_ready()
        children = server.children()
        server.process.kill()
        wait_until(lambda: not [pid for pid in children if alive(pid)], seconds=40)
        server.process.wait()
        server._reader.join(10)
        server.process.stdout.close()
    assert not [pid for pid in children if alive(pid)]


def test_a_worker_that_is_killed_is_started_again(served):
    server, _home = served
    worker = next(pid for pid in server.children() if is_worker(pid))
    os.kill(worker, signal.SIGKILL)
    server.wait_for("worker ended by itself")
    wait_until(lambda: any(is_worker(pid) for pid in server.children() if pid != worker))
    assert get(server.address + "/en/")[0] == 200


def test_a_busy_port_gets_a_message_that_says_what_to_do(served):
    server, home = served
    with running(home, server.port) as late:
        said = late.wait_for("already listens")
        assert re.search(r"PORT=\d+ make run", said.string)
        assert late.process.wait(20) == 1
        late._reader.join(10)
        late.process.stdout.close()
    assert get(server.address + "/en/")[0] == 200


def test_a_wrong_password_and_role_are_refused_with_a_reason(home):
    short = dateline(
        home[0], "staff", "add", "tomas", "--role", "translator", "--password-stdin", text="short\n"
    )
    assert short.returncode == 1
    assert "too short" in short.stderr
    unknown = dateline(
        home[0], "staff", "add", "tomas", "--role", "king", "--password-stdin", text="a long pass phrase\n"
    )
    assert unknown.returncode == 2


def test_the_doctor_finds_nothing_to_mend_and_names_what_is_broken(home):
    folder, _account = home
    well = dateline(folder, "doctor")
    assert "fault" not in well.stdout, well.stdout
    page = folder / "site" / "en" / "index.html"
    page.unlink()
    ill = dateline(folder, "doctor")
    assert ill.returncode == 1
    assert "bake --mend" in ill.stdout
    assert dateline(folder, "bake", "--mend").returncode == 0
    assert page.is_file()


def test_pages_come_compressed_and_unchanged_ones_not_at_all(served):
    server, _home = served
    request = urllib.request.Request(server.address + "/en/", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        etag = answer.headers["ETag"]
    assert get(server.address + "/en/", **{"Accept-Encoding": "gzip", "If-None-Match": etag})[0] == 304
    assert get(server.address + "/en")[0] == 200
    assert get(server.address + "/en/nothing-here/")[0] == 404
    assert get(server.address + "/%2e%2e/db/dateline.sqlite3")[0] == 404
    assert get(server.address + "/media/agreements/letter.pdf")[0] == 404
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(server.address + "/en/", data=b"x"))
    with refused.value:
        assert refused.value.code == 405


def test_everything_baked_can_be_listed(home):
    rows = [json.loads(line) for line in dateline(home[0], "urls", "--jsonl").stdout.splitlines()]
    assert {"url", "kind", "language", "article", "status", "file"} == set(rows[0])
    assert any(row["url"].endswith("/en/") for row in rows)
    assert all((home[0] / "site" / row["file"]).is_file() for row in rows)
