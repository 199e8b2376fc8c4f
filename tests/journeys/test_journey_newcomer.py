"""A newcomer's first minutes, with real processes: start, read, stop, start again, be clumsy."""

import json
import os
import re
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from newcomer import alive, dateline, running, wait_until

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def home(laid, copy_laid, tmp_path_factory):
    """Return a laid home for all tests of this file, and its account."""
    return copy_laid(tmp_path_factory.mktemp("newcomer") / "home"), laid[1]


def is_worker(pid):
    file = Path(f"/proc/{pid}/cmdline")
    return file.exists() and "run_worker" in file.read_text()


def get(address, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_first_run_prints_the_account_once_and_serves_site_and_desk(tmp_path, free_port):
    with running(tmp_path / "home", free_port, "--empty") as first:
        said = first.wait_for(r"^desk (\S+) user (\S+) password (\S+)$")
        first.wait_until_ready()
        address, user, password = said.groups()
        assert address == f"{first.address}/desk/"
        assert len(password) >= 12
        assert get(first.address + "/en/")[0] == 200
        assert get(address)[0] == 200
        assert b"password" in get(address)[1]
        assert first.end() == 0
    assert sum(user in line for line in first.said) == 1
    assert {path.name for path in (tmp_path / "home").iterdir()} == {
        "site",
        "db",
        "snapshots",
        "media",
        "keys",
        "log",
    }
    with running(tmp_path / "home", free_port) as second:
        second.wait_until_ready()
        assert not any("password" in line for line in second.said)


def test_a_second_start_is_quick_and_loses_nothing(home, free_port):
    folder, _account = home
    dateline(folder, "setup", "--empty", PORT=str(free_port))
    added = dateline(
        folder, "staff", "add", "vera", "--role", "editor", "--password-stdin", text="a long pass phrase\n"
    )
    assert added.returncode == 0, added.stderr
    begun = time.monotonic()
    with running(folder, free_port) as server:
        server.wait_until_ready()
        took = time.monotonic() - begun
        assert not any("Setting up" in line for line in server.said)
    assert "vera" in dateline(folder, "staff", "list").stdout
    # The five seconds, on a machine that runs other tests beside this one.
    assert took < 15


def test_ctrl_c_ends_every_process(home, free_port):
    with running(home[0], free_port) as server:
        server.wait_until_ready()
        children = server.children()
        assert len(children) >= 3
        assert server.end(signal.SIGINT) == 0
    assert not [pid for pid in children if alive(pid)]


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


def test_a_worker_that_is_killed_is_started_again(home, free_port):
    with running(home[0], free_port) as server:
        server.wait_until_ready()
        worker = next(pid for pid in server.children() if is_worker(pid))
        os.kill(worker, signal.SIGKILL)
        server.wait_for("worker ended by itself")
        wait_until(lambda: any(is_worker(pid) for pid in server.children() if pid != worker))
        assert get(server.address + "/en/")[0] == 200


def test_a_busy_port_gets_a_message_that_says_what_to_do(home, free_port):
    with running(home[0], free_port) as server:
        server.wait_until_ready()
        with running(home[0], free_port) as late:
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


def test_pages_come_compressed_and_unchanged_ones_not_at_all(home, free_port):
    with running(home[0], free_port) as server:
        server.wait_until_ready()
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
