"""Outlets on loopback: a site with a feed, whose pages are ours or the corpus's."""

import gzip
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

from dateline.exchange.sample.contents import read_newsroom
from dateline.exchange.sample.raw import body_html


@dataclass
class Piece:
    """A page of an outlet, and what its feed says of it."""

    slug: str
    title: str
    html: bytes
    authors: tuple = ()


def own_pieces():
    """Return the sample newsroom's English originals, as full pages of an ordinary site."""
    return [
        piece_of(original) for original in read_newsroom().originals.values() if original.language == "en"
    ]


def piece_of(original):
    told = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": original.headline, "inLanguage": "en",
        "datePublished": "2026-11-20T08:30:00+00:00",
        "author": [{"@type": "Person", "name": name} for name in original.authors],
    }  # fmt: skip
    signed = "".join(f'<a rel="author" class="author">{escape(name)}</a>' for name in original.authors)
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(original.headline)} | Ardmere</title>'
        f'<meta name="description" content="{escape(original.standfirst)}">'
        f'<script type="application/ld+json">{json.dumps(told)}</script></head><body>'
        f'<nav><a href="/">Home</a> <a href="/more">More</a></nav><main><article><h1>{escape(original.headline)}</h1>'
        f'<p class="byline">By {signed}</p>{body_html(original.blocks)}</article></main>'
        f"<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"
    )
    return Piece(original.key, original.headline, html.encode(), original.authors)


def corpus_pieces(corpus, *, count=6):
    """Return real pages of the corpus whose true text is known, longest first left out."""
    folder = corpus / "intake" / "article-extraction-dataset"
    truth = json.loads((folder / "ground-truth.json").read_text())
    chosen = sorted(
        (key for key, told in truth.items() if 1500 < len(told["articleBody"]) < 4000 and told["authors"]),
    )
    pieces = []
    for key in chosen:
        file = folder / "html" / f"{key}.html.gz"
        if file.is_file():
            pieces.append(
                Piece(
                    key, truth[key]["title"], gzip.decompress(file.read_bytes()), tuple(truth[key]["authors"])
                )
            )
        if len(pieces) == count:
            break
    return pieces


class Site(BaseHTTPRequestHandler):
    """A small site: a home page that names its feed, the feed, the pages."""

    pieces = ()
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        pages = {f"/{piece.slug}.html": piece.html for piece in self.pieces}
        if self.path == "/":
            self.answer(200, "text/html; charset=utf-8", self.home())
        elif self.path == "/feed.xml":
            self.answer(200, "application/rss+xml", self.feed())
        elif self.path in pages:
            self.answer(200, "text/html", pages[self.path])
        else:
            self.answer(404, "text/plain", b"nothing here")

    def home(self):
        return (
            b'<!doctype html><html lang="en"><head><title>The Ardmere Lantern</title>'
            b'<link rel="alternate" type="application/rss+xml" title="The Ardmere Lantern" href="/feed.xml"></head>'
            b"<body><h1>The Ardmere Lantern</h1></body></html>"
        )

    def feed(self):
        from datetime import UTC, datetime, timedelta

        base = f"http://{self.headers['Host']}"
        now = datetime.now(UTC)
        items = "".join(
            f"<item><title>{escape(piece.title)}</title><link>{base}/{piece.slug}.html</link>"
            f"<guid>{base}/{piece.slug}.html</guid>"
            f"<pubDate>{format_datetime(now - timedelta(hours=number + 1))}</pubDate></item>"
            for number, piece in enumerate(self.pieces)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Ardmere Lantern</title>'
            f"<link>{base}/</link><description>News of the shore</description><language>en</language>{items}</channel></rss>"
        ).encode()

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@contextmanager
def outlet_with(pieces):
    """Serve an outlet and yield its host:port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Outlet", (Site,), {"pieces": tuple(pieces)}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
