"""A real Chromium for the tests that need one, and a server of files on this machine."""

import functools
import http.server
import os
import shutil
import threading

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

    One for each file, so that the event loop of its driver is gone when other tests run their own. Playwright keeps an event loop in this thread; Django's guard against database calls under a loop would then
    refuse what is no danger here: nothing else runs in that loop.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(f"no Chromium on PATH ({', '.join(NAMES)})")
    sync_api = pytest.importorskip("playwright.sync_api")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def browser_page(chromium):
    """Return an empty page of a fresh reader, 1280 pixels wide."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless_page(chromium):
    """Return an empty page of a reader whose browser runs no script."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


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
