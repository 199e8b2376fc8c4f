"""Django behind Granian's own interface: a request becomes a WSGI call in one of a few threads.

Pages are served beside it, by the event loop; so Django never stands between a reader and a baked file.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, cast
from urllib.parse import unquote_to_bytes

from dateline.config.shedding import Lane

Headers = list[tuple[str, str]]
WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# The desk's largest upload; above it the connection is answered with 413.
LARGEST_BODY: Final = 64_000_000
HELD_IN_MEMORY: Final = 1_000_000
# Each has a connection to the database. What readers ask of Python shares the threads of READER.
THREADS: Final = {Lane.DESK: 4, Lane.READER: 2}


class BodyTooLarge(ValueError):
    """A request sent more than the desk takes."""


class DjangoBridge:
    """Answers RSGI requests with a WSGI application, loaded when `load` is called.

    also: headers of every answer that does not say otherwise.
    """

    def __init__(self, load: Callable[[], WSGIApplication], *, also: Sequence[tuple[str, str]] = ()) -> None:
        self._load = load
        self._also = list(also)
        self._pools = {
            lane: ThreadPoolExecutor(max_workers=threads, thread_name_prefix=lane.name.lower())
            for lane, threads in THREADS.items()
        }
        self._application: WSGIApplication | None = None

    def warm_up(self) -> WSGIApplication:
        """Load the application now, in the calling thread, once."""
        if self._application is None:
            self._application = self._load()
        return self._application

    async def answer(self, scope: Any, protocol: Any, *, lane: Lane = Lane.DESK) -> None:
        """Answer one request, in a thread of its lane."""
        loop = asyncio.get_running_loop()
        try:
            body = await read_body(protocol)
        except BodyTooLarge as error:
            protocol.response_str(413, [("content-type", "text/plain; charset=utf-8")], str(error))
            return
        with body:
            environ = environ_of(scope, body)
            status, headers, content = await loop.run_in_executor(
                self._pools.get(lane, self._pools[Lane.READER]), self._call, environ
            )
        if scope.method == "HEAD":
            protocol.response_empty(status, headers)
        else:
            protocol.response_bytes(status, headers, content)

    def _call(self, environ: dict[str, Any]) -> tuple[int, Headers, bytes]:
        application = self.warm_up()
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: Headers, _trouble: Any = None) -> None:
            started[:] = [(int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers])]

        parts = application(environ, start_response)
        try:
            content = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        status, headers = started[0]
        said = {name for name, _value in headers}
        return status, [*headers, *(one for one in self._also if one[0] not in said)], content

    def close(self) -> None:
        """Let the threads end."""
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)


async def read_body(protocol: Any) -> IO[bytes]:
    """Return the request's body as a file, on disk where it is large. Raises BodyTooLarge."""
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=HELD_IN_MEMORY))  # noqa: SIM115  # closed by the caller
    size = 0
    async for chunk in protocol:
        size += len(chunk)
        if size > LARGEST_BODY:
            file.close()
            raise BodyTooLarge(f"This is more than {LARGEST_BODY // 1_000_000} MB. Send a smaller file.")
        file.write(chunk)
    file.seek(0)
    return file


def environ_of(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of an RSGI request."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server or "localhost",
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = name.upper().replace("-", "_")
        if "_" in name:  # X_FORWARDED_FOR is not X-Forwarded-For
            continue
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ and key != "HTTP_COOKIE" else value
    if scope.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority
    environ.setdefault("CONTENT_LENGTH", str(body.seek(0, 2)))
    body.seek(0)
    return environ
