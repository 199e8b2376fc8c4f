"""A real Chromium for the tests that need one, and a server of files on this machine."""

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = (
    20_000  # how long a page may take to show what is expected: a busy machine is slow, and not wrong
)


class InTurn:
    """The live server's application, which answers one request after the other.

    Its threads and the test share one connection to a database in memory: two requests at once would stand in each
    other's transaction. Files of /static/ ask no database, and do not wait.
    """

    def __init__(self, answer):
        self._answer = answer
        self._turn = threading.Lock()
        self._news = threading.Condition()
        self._asked = 0

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith("/static/"):
            return self._answer(environ, start_response)
        with self._counted():
            if not self._turn.acquire(timeout=120):
                raise AssertionError(f"{environ['PATH_INFO']} waited too long for the request before it")
            try:
                return self._answer(environ, start_response)
            finally:
                self._turn.release()

    @contextmanager
    def _counted(self):
        with self._news:
            self._asked += 1
        try:
            yield
        finally:
            with self._news:
                self._asked -= 1
                self._news.notify_all()

    def wait_until_idle(self):
        """Return when nobody is being answered: what a closed page asked for last would run into the next test."""
        with self._news:
            assert self._news.wait_for(lambda: self._asked == 0, timeout=120), "a request was never answered"


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word in the log; `headers_sent` goes with each answer."""

    headers_sent = ()
    protocol_version = "HTTP/1.1"

    def end_headers(self):
        for name, value in self.headers_sent:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def chromium():
    """Return a running Chromium, or skip the tests that asked.

    One for each file, so that the event loop of its driver is gone when other tests run their own. Playwright keeps
    an event loop in this thread; Django's guard against database calls under a loop would then refuse what is no
    danger here: nothing else runs in that loop.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(f"no Chromium on PATH ({', '.join(NAMES)})")
    sync_api = pytest.importorskip("playwright.sync_api")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def browser_page(chromium, request):
    """Return an empty page of a fresh reader, 1280 pixels wide."""
    with page_of(chromium, request) as page:
        yield page


@pytest.fixture
def scriptless_page(chromium, request):
    """Return an empty page of a reader whose browser runs no script."""
    with page_of(chromium, request, java_script_enabled=False) as page:
        yield page


@contextmanager
def page_of(chromium, request, **more):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, **more)
    yield context.new_page()
    context.close()
    if "live_server" in request.fixturenames:
        request.getfixturevalue("live_server").thread.httpd.get_app().wait_until_idle()


@pytest.fixture(scope="session")
def live_server(live_server):
    """Return the live server of pytest-django, which answers in turn."""
    server = live_server.thread.httpd
    server.set_app(InTurn(server.get_app()))
    return live_server


def loaded(page, what):
    """Wait until the page shows `what` and its scripts have run: keys that come sooner reach nobody."""
    from playwright.sync_api import expect

    expect(what).to_be_visible()
    page.wait_for_load_state("load")


@pytest.fixture(scope="session")
def serve_folder():
    """Return a function that serves a folder on loopback and gives its address; headers go with each answer."""
    servers = []

    def serve(folder, *, headers=()):
        handler = type("Files", (QuietFiles,), {"headers_sent": tuple(headers)})
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()
