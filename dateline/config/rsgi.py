"""The one port: baked files from the shelf, and Django for the desk behind them.

Granian loads `application` in each of its processes. Readers' pages need neither Django nor the database.
"""

import os
import threading
from collections.abc import Mapping
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Any, Final

from dateline.config.bridge import DjangoBridge, WSGIApplication
from dateline.config.shedding import RETRY_SECONDS, Gate, lane_of
from dateline.lib.home import Home
from dateline.publishing.stores.headers import COMMON, HSTS, PURGED, Headers
from dateline.publishing.stores.ranges import NoSuchPart, part_of
from dateline.publishing.stores.shelf import OK, Form, Held, Shelf, choose, is_known, stamp_of

PROJECT: Final = Path(__file__).resolve().parent.parent.parent
PYTHON_PREFIXES: Final = ("/desk/", "/-/", "/drop/", "/for/", "/websub/", "/.well-known/webfinger")
PLAIN: Final[Headers] = [*COMMON, ("content-type", "text/plain; charset=utf-8")]


def load_django() -> WSGIApplication:
    """Load Django and return it as a WSGI application."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


class Redirects:
    """Old addresses and where their pieces stand now, as the baker wrote them."""

    def __init__(self, file: Path) -> None:
        self._file = str(file)
        self._stamp: Any = None
        self._places: dict[str, str] = {}

    def find(self, path: str) -> str | None:
        """Return the present address of what once stood at `path`."""
        stamp = stamp_of(self._file)
        if stamp != self._stamp:
            self._stamp, self._places = stamp, self._read()
        return self._places.get(path)

    def _read(self) -> dict[str, str]:
        try:
            return {str(old): str(new) for old, new in loads(Path(self._file).read_text()).items()}
        except (FileNotFoundError, JSONDecodeError):
            return {}


class Application:
    """Answers every request of one process."""

    def __init__(self, home: Home, environment: Mapping[str, str]) -> None:
        also: Headers = [HSTS] if environment.get("DATELINE_URL", "").startswith("https://") else []
        has_cache = environment.get("DATELINE_PURGE", "").strip() not in {"", "none"}
        self.pages = Shelf(home.site, also=also, said_of_pages=[PURGED] if has_cache else ())
        self.assets = Shelf(home.site / "static", prefix="/static/", also=also)
        self.pictures = Shelf(home.media / "images", prefix="/media/images/", is_upload=True, also=also)
        self.identity = Shelf(home.media / "identity", prefix="/media/identity/", is_upload=True, also=also)
        self.redirects = Redirects(home.site / "_" / "redirects.json")
        self.plain = [*PLAIN, *also]
        self.gate = Gate()
        self.django = DjangoBridge(load_django, also=also)

    def __rsgi_init__(self, loop: Any) -> None:
        """Load Django aside, so that pages are served from the first moment, and say when it is there."""
        self.gate.watch(loop)
        threading.Thread(target=self._get_ready, daemon=True).start()

    def _get_ready(self) -> None:
        self.django.warm_up()
        sign = os.environ.get("DATELINE_READY_FILE")
        if sign:
            Path(sign).touch()

    def __rsgi_del__(self, _loop: Any) -> None:
        """End the desk's threads."""
        self.gate.close()
        self.django.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        path: str = scope.path
        if scope.proto != "http":
            protocol.close(None)
            return
        if path.startswith(PYTHON_PREFIXES):
            await self._ask_django(scope, protocol, path)
            return
        if scope.method not in {"GET", "HEAD"}:
            protocol.response_str(405, [*self.plain, ("allow", "GET, HEAD")], "Pages are only read.\n")
            return
        held = self._shelf_of(path).find(path)
        if held is not None:
            _send(scope, protocol, held)
        else:
            self._miss(scope, protocol, path)

    async def _ask_django(self, scope: Any, protocol: Any, path: str) -> None:
        """The desk's own have threads of their own; the rest waits in a short line, or is told to come again."""
        lane = lane_of(path, scope.method)
        if not self.gate.enter(lane):
            headers = [*self.plain, ("retry-after", str(RETRY_SECONDS)), ("cache-control", "no-store")]
            protocol.response_str(503, headers, "Too much is asked at the moment. Try again in a minute.\n")
            return
        try:
            await self.django.answer(scope, protocol, lane=lane)
        finally:
            self.gate.leave(lane)

    def _shelf_of(self, path: str) -> Shelf:
        if path.startswith("/static/"):
            return self.assets
        if path.startswith("/media/images/"):
            return self.pictures
        return self.identity if path.startswith("/media/identity/") else self.pages

    def _miss(self, scope: Any, protocol: Any, path: str) -> None:
        place = self.redirects.find(path)
        if place is None and not path.endswith("/") and self.pages.find(path + "/"):
            place = path + "/"
        if place is None and path == "/desk":
            place = "/desk/"
        if place is not None:
            query = f"?{scope.query_string}" if scope.query_string else ""
            protocol.response_empty(301, [*self.plain, ("location", place + query)])
            return
        held = self._nearest_404(path)
        if held is None:
            protocol.response_str(404, self.plain, "There is nothing at this address.\n")
        else:
            _send(scope, protocol, held, status=404)

    def _nearest_404(self, path: str) -> Held | None:
        language = path.split("/", 2)[1]
        return (language and self.pages.find(f"/{language}/404.html")) or self.pages.find("/404.html")


def _send(scope: Any, protocol: Any, held: Held, *, status: int = 0) -> None:
    code = status or held.status
    headers = scope.headers
    if not held.forms:
        _send_from_disk(scope, protocol, held, code)
        return
    form = choose(headers.get("accept-encoding") or "", held.forms)
    if code == OK and is_known(headers.get("if-none-match") or "", form.etag):
        protocol.response_empty(304, _but_length(form.headers))
    elif scope.method == "HEAD":
        protocol.response_empty(code, form.headers)
    elif held.is_in_parts and "range" in headers:
        _send_part(headers, protocol, form)
    else:
        protocol.response_bytes(code, form.headers, form.body)


def _send_from_disk(scope: Any, protocol: Any, held: Held, code: int) -> None:
    """A large file, or a part of it, is never held in memory."""
    size = held.stamp[2]
    whole = [*held.headers, ("content-length", str(size))]
    if code == OK and is_known(scope.headers.get("if-none-match") or "", held.etag):
        protocol.response_empty(304, held.headers)
        return
    if scope.method == "HEAD":
        protocol.response_empty(code, whole)
        return
    try:
        part = _part(scope.headers, held.etag, size) if held.is_in_parts else None
    except NoSuchPart:
        protocol.response_empty(416, [*held.headers, ("content-range", f"bytes */{size}")])
        return
    if part is None:
        protocol.response_file(code, whole, held.file)
    else:
        first, last = part
        protocol.response_file_range(
            206, _of_part(held.headers, first, last, size), held.file, first, last + 1
        )


def _send_part(headers: Any, protocol: Any, form: Form) -> None:
    size = len(form.body)
    try:
        part = _part(headers, form.etag, size)
    except NoSuchPart:
        protocol.response_empty(416, [*_but_length(form.headers), ("content-range", f"bytes */{size}")])
        return
    if part is None:
        protocol.response_bytes(OK, form.headers, form.body)
        return
    first, last = part
    protocol.response_bytes(206, _of_part(form.headers, first, last, size), form.body[first : last + 1])


def _part(headers: Any, etag: str, size: int) -> tuple[int, int] | None:
    """Which part is asked for; none where the rest of another file is, as `If-Range` says."""
    known = headers.get("if-range")
    return None if known and known.strip() != etag else part_of(headers.get("range") or "", size)


def _of_part(headers: Headers, first: int, last: int, size: int) -> Headers:
    own = [("content-range", f"bytes {first}-{last}/{size}"), ("content-length", str(last - first + 1))]
    return [*_but_length(headers), *own]


def _but_length(headers: Headers) -> Headers:
    return [header for header in headers if header[0] != "content-length"]


application = Application(Home.from_environment(os.environ, default=PROJECT / "var"), os.environ)
