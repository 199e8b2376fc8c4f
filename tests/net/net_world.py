"""A small world for the doors: servers on loopback that say what they are told to, and a resolver of our own."""

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from dateline.net.guarded import Door, fetch
from dateline.net.letters import Request

NOW = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
PUBLIC = "93.184.216.34"
TLS = b"\x16"  # the first byte of a handshake
HOUSE = "198.51.100.7"


class Names:
    """A resolver with the real interface: names and the addresses that each next question gets."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]], *, silent: Sequence[str] = ()) -> None:
        self.silent = silent
        self.answers = {name: list(turns) for name, turns in answers.items()}
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host in self.silent:
            await asyncio.Event().wait()
        turns = self.answers.get(host)
        if not turns:
            raise OSError("Name or service not known")
        return turns.pop(0) if len(turns) > 1 else turns[0]


class Server:
    """Listens on loopback and gives every connection to `talk`, with the head of the request that came."""

    def __init__(self, talk: Callable[[socket.socket, str], None], *, reads_head: bool = True) -> None:
        self.reads_head = reads_head
        self.talk = talk
        self.heads: list[str] = []
        self.closing = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.pair = ("127.0.0.1", self.port)
        self.url = f"http://127.0.0.1:{self.port}/"
        self.threads = [threading.Thread(target=self._listen, daemon=True)]
        self.threads[0].start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(5)
            head = b""
            while self.reads_head and not _is_whole(head) and (more := connection.recv(65536)):
                head += more
            self.heads.append(head.decode("latin-1"))
            self.talk(connection, head.decode("latin-1"))

    def close(self) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join(5)


def _is_whole(request: bytes) -> bool:
    head, blank, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head.lower())
    return request[:1] == TLS or (blank != b"" and len(body) >= int(length[1] if length else 0))


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole response with these headers and this body."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def get(url, *, allowed=(), names=None, silent=(), **request):
    """Fetch through a guarded door that knows only these names, and gets no answer about the silent ones."""
    resolver = Names(names or {}, silent=silent)
    door = Door(
        user_agent="Dateline/1 (+https://digest.example)",
        allowed=frozenset(allowed),
        resolver=resolver,
    )
    return fetch(Request(url, **request), door=door, now=NOW)
