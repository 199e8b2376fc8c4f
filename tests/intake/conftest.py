"""An outlet's server on loopback that does what a test tells it, and the feed that leads to its pages."""

import gzip
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

import pytest


@dataclass
class Reply:
    """What the server answers at one address. body: bytes, or an iterable of bytes that may never end."""

    body: object = b""
    status: int = 200
    headers: dict = field(default_factory=dict)


class OutletServer:
    """A web server with pages that a test may put, change and take away; it remembers what was asked."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def put(self, path, body=b"", *, status=200, content_type="text/html; charset=utf-8", **headers):
        """Answer at `path` with this from now on, and return its whole address."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        body = body.encode() if isinstance(body, str) else body
        self.pages[path] = Reply(body, status, {"Content-Type": content_type, **given})
        return self.address + path

    def put_feed(self, path, links, *, title="The Lakeside Post", **headers):
        """Answer at `path` with an RSS feed of (address, title, summary), and return its whole address."""
        return self.put(path, rss(links, title=title), content_type="application/rss+xml", **headers)

    def asked_for(self, path):
        """Return the headers of each request for `path`, in order."""
        return [headers for asked, headers in self.asked if asked == path]

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        outlet = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outlet.asked.append((self.path, dict(self.headers.items())))
                reply = outlet.pages.get(
                    self.path, Reply(b"nothing here", 404, {"Content-Type": "text/plain"})
                )
                if self._has_it(reply):
                    reply = Reply(status=304, headers=reply.headers)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if isinstance(reply.body, bytes):
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self._send(reply.body)

            def _has_it(self, reply):
                etag = reply.headers.get("ETag")
                return etag is not None and self.headers.get("If-None-Match") == etag

            def _send(self, body):
                try:
                    for part in [body] if isinstance(body, bytes) else body:
                        self.wfile.write(part)
                except OSError:
                    pass  # the caller had enough
                self.close_connection = True

            def log_message(self, *_args):
                pass

        return Handler


def rss(links, *, title, extra=""):
    """Return an RSS feed of (address, title, summary)."""
    items = "".join(
        f"<item><title>{escape(name)}</title><link>{escape(url)}</link>"
        f"<guid>{escape(url)}</guid><description>{escape(summary)}</description></item>"
        for url, name, summary in links
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>http://127.0.0.1/</link><description>-</description>"
        f"<language>en</language>{extra}{items}</channel></rss>"
    )


def article_page(headline, *, paragraphs, head=""):
    """Return a page with an article as a plain newspaper's site has them."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>'
        f'<meta property="og:title" content="{headline}"><meta name="author" content="Rahim Aslan">{head}</head>'
        f"<body><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>{headline}</h1>{text}</article>"
        "<footer>All rights reserved.</footer></body></html>"
    )


FERRY = [
    "The ferry across the lake will sail every hour from the first of May, the harbour office said on Monday, after two winters in which the boats ran only in the morning and in the evening.",
    "Passengers had asked for the change in a letter that more than four thousand of them signed. The office first answered that there was no money for a third crew, and then found it in the budget for dredging.",
    "“We were heard, which does not happen every day,” said the teacher who wrote the letter. She crosses the lake twice a day, and has kept a diary of every boat that she missed.",
    "The first boat leaves the northern quay at five in the morning, the last one at eleven at night. Tickets cost what they did before, and children under seven travel free of charge as always.",
]


@pytest.fixture
def outlet_server(settings):
    """Return a server that the guarded door may reach, and nothing else."""
    server = OutletServer()
    settings.DATELINE_NET_ALLOW = f"127.0.0.1:{server.port}"
    yield server
    server.close()


@pytest.fixture
def ferry_page():
    """Return the writer of a sound page about the ferry: its headline may be told, and paragraphs added."""

    def write(headline="Ferry to sail every hour from May", *, more=(), head=""):
        return article_page(headline, paragraphs=[*FERRY, *more], head=head)

    return write


@pytest.fixture(scope="session")
def real_pages(corpus):
    """Return real pages of the corpus that have a long text: (html, what people read there)."""
    folder = corpus / "intake" / "article-extraction-dataset"
    truth = json.loads((folder / "ground-truth.json").read_text())
    found = []
    for key, told in sorted(truth.items()):
        page = folder / "html" / f"{key}.html.gz"
        if len(found) < 5 and page.is_file() and len(told["articleBody"]) > 2500:
            found.append((gzip.decompress(page.read_bytes()), told))
    return found
