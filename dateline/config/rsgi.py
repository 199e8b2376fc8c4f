"""The one port: baked files from the shelf, and Django for the desk behind them.

Granian loads `application` in each of its processes. Readers' pages need neither Django nor the database.
"""

import os
import threading
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Any, Final

from dateline.config.bridge import DjangoBridge, WSGIApplication
from dateline.lib.home import Home
from dateline.publishing.stores.shelf import COMMON, Headers, Held, Shelf, choose, is_known, stamp_of

PROJECT: Final = Path(__file__).resolve().parent.parent.parent
PYTHON_PREFIXES: Final = ("/desk/", "/-/", "/drop/", "/for/", "/websub/")
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

    def __init__(self, home: Home) -> None:
        self.pages = Shelf(home.site)
        self.assets = Shelf(home.site / "static", prefix="/static/")
        self.pictures = Shelf(home.media / "images", prefix="/media/images/", is_upload=True)
        self.identity = Shelf(home.media / "identity", prefix="/media/identity/", is_upload=True)
        self.redirects = Redirects(home.site / "_" / "redirects.json")
        self.django = DjangoBridge(load_django)

    def __rsgi_init__(self, _loop: Any) -> None:
        """Load Django aside, so that pages are served from the first moment, and say when it is there."""
        threading.Thread(target=self._get_ready, daemon=True).start()

    def _get_ready(self) -> None:
        self.django.warm_up()
        sign = os.environ.get("DATELINE_READY_FILE")
        if sign:
            Path(sign).touch()

    def __rsgi_del__(self, _loop: Any) -> None:
        """End the desk's threads."""
        self.django.close()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        path: str = scope.path
        if scope.proto != "http":
            protocol.close(None)
            return
        if path.startswith(PYTHON_PREFIXES):
            await self.django.answer(scope, protocol)
            return
        if scope.method not in {"GET", "HEAD"}:
            protocol.response_str(405, [*PLAIN, ("allow", "GET, HEAD")], "Pages are only read.\n")
            return
        held = self._shelf_of(path).find(path)
        if held is not None:
            _send(scope, protocol, held)
        else:
            self._miss(scope, protocol, path)

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
            protocol.response_empty(301, [*PLAIN, ("location", place + query)])
            return
        held = self._nearest_404(path)
        if held is None:
            protocol.response_str(404, PLAIN, "There is nothing at this address.\n")
        else:
            _send(scope, protocol, held, status=404)

    def _nearest_404(self, path: str) -> Held | None:
        language = path.split("/", 2)[1]
        return (language and self.pages.find(f"/{language}/404.html")) or self.pages.find("/404.html")


def _send(scope: Any, protocol: Any, held: Held, *, status: int = 0) -> None:
    code = status or held.status
    if not held.forms:
        protocol.response_file(code, [*held.headers, ("content-length", str(held.stamp[2]))], held.file)
        return
    headers = scope.headers
    form = choose(headers.get("accept-encoding") or "", held.forms)
    if code == 200 and is_known(headers.get("if-none-match") or "", form.etag):  # noqa: PLR2004
        protocol.response_empty(304, [header for header in form.headers if header[0] != "content-length"])
    elif scope.method == "HEAD":
        protocol.response_empty(code, form.headers)
    else:
        protocol.response_bytes(code, form.headers, form.body)


application = Application(Home.from_environment(os.environ, default=PROJECT / "var"))
