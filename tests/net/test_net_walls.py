"""The walls behind the guard: the socket, the deadline of a hanging look-up, and the one way out."""

import ast
import asyncio
import socket
import threading
import time
from pathlib import Path

import pytest
from net_world import NOW, PUBLIC, page

from dateline.lib.urls import read
from dateline.net.dialling import Call, dial
from dateline.net.errors import AddressRefused, TooSlow
from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request

DATELINE = Path(__file__).resolve().parent.parent.parent / "dateline"
CLIENTS = {
    "aiohttp",
    "requests",
    "urllib3",
    "httpx",
    "http.client",
    "urllib.request",
    "curl_cffi",
    "niquests",
}


@pytest.mark.parametrize("cleared", [(), (PUBLIC,), ("127.0.0.2",)])
def test_no_socket_is_made_for_an_address_that_was_not_cleared(cleared, serve, dialled):
    inside = serve(page(b"secret"))
    call = Call(target=read(inside.url), addresses=cleared, headers={}, limit_bytes=100, name=inside.url)
    with pytest.raises(AddressRefused, match="nobody checked"):
        asyncio.run(dial(call))
    assert dialled == []
    assert inside.heads == []


def test_a_look_up_that_hangs_holds_up_neither_the_deadline_nor_the_worker(monkeypatch):
    released = threading.Event()

    def hang(*_, **__):
        released.wait(10)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    with pytest.raises(TooSlow):
        fetch(Request("https://slow.example/", deadline_seconds=0.1), door=Door(user_agent="x"), now=NOW)
    assert time.monotonic() - started < 3
    released.set()
    for thread in threading.enumerate():
        if thread.name.startswith("look-up"):
            thread.join(5)


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (node.module, *(f"{node.module}.{name.name}" for name in node.names))


def test_only_this_room_imports_a_client():
    elsewhere = [path for path in DATELINE.rglob("*.py") if DATELINE / "net" not in path.parents]
    assert len(elsewhere) > 5
    strays = {path.name: found for path in elsewhere if (found := CLIENTS & set(imported(path)))}
    assert strays == {}


def test_only_the_file_that_reads_settings_knows_django():
    knowing = {
        path.name
        for path in (DATELINE / "net").glob("*.py")
        if any("django" in name for name in imported(path))
    }
    assert knowing == {"apps.py", "doors.py"}
