"""A week of a dozen outlets on loopback, each with its own address and its own bad manners, and a referee.

Every outlet is a host of 127.0.0.0/8 on one port. What it answers follows from the simulated time alone, which a
test moves; the referee notes every request and knows by itself what each host had asked for.
"""

import gzip
import hashlib
import hmac
import json
import threading
import urllib.request
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from intake_press import TEXTS

START = datetime(2026, 3, 2, 6, tzinfo=UTC)  # a Monday
PAUSE_SECONDS = 2.0
HOSTS = {
    name: f"127.0.3.{number}"
    for number, name in enumerate(
        [
            "lantern",
            "matin",
            "matin-new",
            "ozero",
            "gol",
            "daryache",
            "tba",
            "tideway",
            "pulse",
            "gazette",
            "side",
        ],
        11,
    )
}
POISON = b"<rss><channel>" + b"<a>" * 200_000


class Clock:
    """The simulated time: moved by the test, and by whoever waits."""

    def __init__(self):
        self.at = START

    def now(self):
        return self.at

    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)

    def move_to(self, moment):
        self.at = max(self.at, moment)

    @property
    def hours(self):
        return (self.at - START).total_seconds() / 3600


@dataclass
class Said:
    """An answer. pause_seconds: real ones, before its body. cut: how many bytes of it are sent before hanging up."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict = field(default_factory=dict)
    pause_seconds: float = 0.0
    cut: int | None = None


@dataclass(frozen=True)
class Piece:
    """A piece of an outlet. hour: of the week, at which it comes out. key: of its text."""

    hour: float
    slug: str
    key: str
    language: str
    author: str = ""

    @property
    def headline(self):
        return TEXTS[self.key][0]

    @property
    def summary(self):
        return TEXTS[self.key][1]

    @property
    def at(self):
        return START + timedelta(hours=self.hour)


PIECES = {
    "lantern": [
        Piece(-3, "recipe", "recipe/lantern", "en", "Agnes Holt"),
        Piece(3, "ferry-aground", "ferry/lantern", "en", "Nora Quist"),
        Piece(50, "velden-dam", "dam/lantern", "en", "Nora Quist"),
        Piece(75, "who-owns-the-ice", "long/lantern", "en", "Agnes Holt"),
    ],
    "matin": [
        Piece(-8, "football", "football/matin", "fr", "Luc Perrin"),
        Piece(5, "bac-echoue", "ferry/matin", "fr", "Anne Morel"),
        Piece(52, "barrage", "dam/matin", "fr", "Anne Morel"),
    ],
    "ozero": [
        Piece(6, "parom", "ferry/ozero", "ru", "Анна Лебедева"),
        Piece(54, "plotina", "dam/ozero", "ru", "Анна Лебедева"),
    ],
    "gol": [
        Piece(-5, "domates", "market/gol", "tr", "Mehmet Aksoy"),
        Piece(7, "feribot", "ferry/gol", "tr", "Elif Kaya"),
    ],
    "daryache": [
        Piece(-6, "madrese", "school/daryache", "fa", "مریم رستگار"),
        Piece(9, "keshti", "ferry/daryache", "fa", "مریم رستگار"),
    ],
    "tba": [
        Piece(-4, "tone", "bread/tba", "ka", "გიორგი ნოზაძე"),
        Piece(10, "borani", "ferry/tba", "ka", "ნინო გელაშვილი"),
        Piece(12, "closed/subscribers", "ferry/tba", "ka"),
    ],
    "tideway": [Piece(57, "velden-gate", "dam/tideway", "en", "Tomas Arden")],
    "pulse": [
        Piece(2, "ferry", "ferry/pulse", "en"),
        Piece(30, "bridge", "bridge/pulse", "en"),
        Piece(80, "chess", "cup/pulse", "en"),
    ],
    "gazette": [
        Piece(4, "ferry-again", "ferry/pulse", "en"),
        Piece(76, "timetable", "late/gazette", "en", "Paul Rask"),
    ],
    "side": [Piece(0, "divers", "print/side", "en", "Ida Blom")],
}


@dataclass
class Referee:
    """Notes every request, and which of them no host would like."""

    wrong: list = field(default_factory=list)
    asked: list = field(default_factory=list)  # (hours, host, path, status)
    busy: Counter = field(default_factory=Counter)
    ended: dict = field(default_factory=dict)
    rests: dict = field(default_factory=dict)
    robots: dict = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begins(self, host, path, headers, now):
        with self.lock:
            self.busy[host] += 1
            gap = now - self.ended.get(host, now - timedelta(days=1))
            rules = {
                "two at once": self.busy[host] > 1,
                "too soon after the last": gap < timedelta(seconds=PAUSE_SECONDS - 0.001),
                "before Retry-After": now < self.rests.get(host, now),
                "no honest name": not headers.get("User-Agent", "").startswith("Dateline/"),
                "cookies": "Cookie" in headers,
                "a closed page": path.startswith("/closed"),
                "a page without robots.txt": _is_page(path) and not self._knows_robots(host, now),
            }
            self.wrong += [(what, host, path, now) for what, is_so in rules.items() if is_so]

    def _knows_robots(self, host, now):
        return host in self.robots and now - self.robots[host] <= timedelta(days=1, seconds=1)

    def ends(self, host, path, said, now):
        with self.lock:
            self.busy[host] -= 1
            self.ended[host] = now
            if path == "/robots.txt":
                self.robots[host] = now
            self.asked.append(((now - START).total_seconds() / 3600, host, path, said.status))

    def rest(self, host, until):
        self.rests[host] = until

    def statuses(self, host, path):
        return [status for _at, asked, where, status in self.asked if (asked, where) == (HOSTS[host], path)]


def _is_page(path):
    return path.startswith("/n/")


class World:
    """All hosts, the hub among them, and what is sent without being asked for."""

    def __init__(self):
        self.clock, self.referee = Clock(), Referee()
        self.servers, self.topics, self.pushed = [], {}, []
        self.port, self.was_busy, self.ills = 0, False, ills()
        for address in HOSTS.values():
            server = ThreadingHTTPServer((address, self.port), self._handler())
            server.daemon_threads = True
            self.port = server.server_address[1]
            self.servers.append(server)
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def address(self, host, path="/"):
        return f"http://{HOSTS[host]}:{self.port}{path}"

    def allowed(self):
        return ",".join(f"{address}:{self.port}" for address in HOSTS.values())

    def page_of(self, host, piece):
        return self.address(host, f"/n/{piece.slug}.html")

    def out(self, host):
        """Return what the outlet has published by now, newest first."""
        return [piece for piece in reversed(PIECES[host]) if piece.hour <= self.clock.hours]

    def _handler(self):
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                host, now = self.server.server_address[0], world.clock.now()
                world.referee.begins(host, self.path, self.headers, now)
                said = world.answer(host, self.path, self.headers)
                world.referee.ends(host, self.path, said, now)
                self.say(said)

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                told = parse_qs(self.rfile.read(length).decode())
                world.topics[told["hub.topic"][0]] = (told["hub.callback"][0], told["hub.secret"][0])
                self.say(Said(status=202))

            def say(self, said):
                self.send_response(said.status)
                for name, value in {"Content-Type": said.kind, **said.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(said.body if said.cut is None else said.body[: said.cut])
                self.close_connection = self.close_connection or said.cut is not None

            def log_message(self, *_args):
                pass

        return Handler

    def answer(self, address, path, headers):
        host = next(name for name, known in HOSTS.items() if known == address)
        path = urlsplit(path).path
        if path == "/robots.txt":
            return Said(b"User-agent: *\nDisallow: /n/closed/\n", kind="text/plain")
        said = self._page(host, path) or FEEDS.get((host, path), _nothing)(self)
        tag = f'W/"{hashlib.sha256(said.body).hexdigest()[:12]}"'
        if said.status == 200 and path in CONDITIONAL:
            said.headers["ETag"] = tag
            if headers.get("If-None-Match") == tag:
                return Said(status=304, headers=said.headers)
        return said

    def _page(self, host, path):
        if path == "/n/who-owns-the-ice-page-2.html":
            return Said(second_page())
        is_twin = path.endswith(".amp.html")
        slug = path.removeprefix("/n/").removesuffix(".html").removesuffix(".amp")
        piece = next((one for one in PIECES.get(host, []) if one.slug == slug), None)
        if piece is None or not path.startswith("/n/"):
            return None
        return self._turned(piece) or Said(self.article(host, piece, is_twin=is_twin))

    def _turned(self, piece):
        """Return what became of a piece whose outlet took it down."""
        if piece.slug == "domates" and self.clock.hours >= 40:
            return Said(b"<h1>Gone</h1>", 410)
        if piece.slug == "bridge" and self.clock.hours >= 44:
            body = "<p>This article has been retracted. The inspectors were on another bridge; we regret the error.</p>"
            return Said(
                page(piece.headline, f"<h1>{escape(piece.headline)}</h1>{body}", language="en").encode()
            )
        return None

    def article(self, host, piece, *, is_twin=False):
        """Return the page: its text, and around it what differs at every hour and is no change."""
        hour = int(self.clock.hours)
        text = [escape(one, quote=False) for one in TEXTS[piece.key][1:]]
        if piece.slug == "ferry-aground" and hour >= 20:
            text[2] = text[2].replace("29 years", "19 years")
            text.append(
                "Correction: an earlier version of this article said that the captain had served 29 years. It is 19."
            )
        canonical = self.page_of(host, piece)
        told = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": piece.headline, "inLanguage": piece.language,
            "datePublished": piece.at.isoformat(), "mainEntityOfPage": canonical,
            **({"author": [{"@type": "Person", "name": piece.author}]} if piece.author else {}),
        }  # fmt: skip
        if piece.slug == "divers":
            told |= {"isAccessibleForFree": False}
        head = f'<link rel="canonical" href="{canonical}"><script type="application/ld+json">{json.dumps(told)}</script>'
        if piece.slug == "who-owns-the-ice":
            head += '<link rel="next" href="/n/who-owns-the-ice-page-2.html">'
        paragraphs = "".join(f"<p>{one}</p>" for one in text)
        if piece.slug == "who-owns-the-ice":
            paragraphs += '<nav class="pagination"><span class="current">1</span> <a rel="next" href="/n/who-owns-the-ice-page-2.html">2</a></nav>'
        noise = (
            f'<aside class="related"><h3>Read also</h3><ul><li><a href="/n/x{hour}.html">Story number {hour} of our paper</a>'
            f'</li></ul></aside><div class="ad">Advertisement: offer {hour}</div><div class="views">{hour * 37} views</div>'
        )
        body = f'<article><h1>{escape(piece.headline)}</h1><p class="byline">{piece.author}</p>{paragraphs}</article>{noise}'
        return page(
            piece.headline, body, language=piece.language, head="" if is_twin and not head else head
        ).encode()

    # What the outlets send by themselves.

    def confirm_hub(self):
        """Answer the subscriptions as a hub does: by asking whether they were meant."""
        for topic, (callback, _secret) in self.topics.items():
            told = {
                "hub.mode": "subscribe",
                "hub.topic": topic,
                "hub.challenge": "yes-or-no",
                "hub.lease_seconds": "864000",
            }
            query = urllib.parse.urlencode(told)
            with urllib.request.urlopen(f"{callback}?{query}") as answer:
                assert answer.read() == b"yes-or-no"

    def push(self):
        """Send what Pulse has by now to whoever subscribed."""
        for callback, secret in self.topics.values():
            body = pulse(self).body
            signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            request = urllib.request.Request(
                callback,
                body,
                headers={"Content-Type": "application/rss+xml", "X-Hub-Signature": f"sha256={signed}"},
            )
            with urllib.request.urlopen(request) as answer:
                self.pushed.append(answer.status)


def second_page():
    text = (
        "At the eastern shore the law of 1741 meets that of the canton, and both meet a fence. Behind it lives Mr Olm, the lawyer's brother, who has not spoken with her since the winter of 2012.",
        "He holds that ice belongs to the lake, the lake to the canton, and the canton to those who pay for it. She holds that he should take down the fence. Both have skated since they were four.",
    )
    body = "".join(f"<p>{one}</p>" for one in text)
    title = TEXTS["long/lantern"][0]
    nav = '<nav class="pagination"><a href="/n/who-owns-the-ice.html">1</a> <span class="current">2</span></nav>'
    return page(title, f"<article><h1>{title}</h1>{body}{nav}</article>", language="en").encode()


def page(title, body, *, language, head=""):
    direction = ' dir="rtl"' if language == "fa" else ""
    return (
        f'<!doctype html><html lang="{language}"{direction}><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f'</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main>{body}</main>'
        f"<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"
    )


def _nothing(_world):
    return Said(b"nothing here", 404, "text/plain")


def home(name, feed, kind="application/rss+xml"):
    return Said(
        page(
            name,
            f"<h1>{name}</h1>",
            language="en",
            head=f'<link rel="alternate" type="{kind}" title="{name}" href="{feed}">',
        ).encode()
    )


def _items(world, host, *, guid, link=None, more=""):
    return "".join(
        f"<item><title>{escape(piece.headline)}</title><link>{escape((link or world.page_of)(host, piece))}</link>"
        f'<guid isPermaLink="false">{guid(piece)}</guid><pubDate>{format_datetime(piece.at)}</pubDate>'
        f"<description>{escape(piece.summary)}</description>{more}</item>"
        for piece in world.out(host)
    )


def _rss(name, items, *, home, language, extra=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{name}</title><link>{home}</link><description>-</description><language>{language}</language>"
        f"{extra}{items}</channel></rss>"
    )


def lantern(world):
    """RSS: trackers in its addresses, an AMP twin of one piece, and from the fourth day other guids for all."""
    series = "new-system" if world.clock.hours >= 72 else "old-system"

    def link(host, piece):
        return f"{world.page_of(host, piece)}?utm_source=rss&utm_medium=feed&fbclid=x{int(world.clock.hours)}"

    items = _items(world, "lantern", guid=lambda piece: f"{series}-{piece.slug}", link=link)
    twin = next((piece for piece in world.out("lantern") if piece.slug == "ferry-aground"), None)
    if twin:
        items += (
            f"<item><title>{twin.headline}</title><guid isPermaLink='false'>amp-1</guid>"
            f"<link>{world.page_of('lantern', twin).replace('.html', '.amp.html')}</link></item>"
        )
    body = _rss(
        "The Ardmere Lantern", items, home=world.address("lantern"), language="en", extra="<ttl>30</ttl>"
    )
    return Said(body.encode(), kind="application/rss+xml")


def matin(world):
    """Atom, which moves for good on the second day; busy once, on the fifth."""
    if world.clock.hours >= 30:
        return Said(status=301, headers={"Location": world.address("matin-new", "/atom.xml")})
    return _matin(world)


def matin_new(world):
    if world.clock.hours >= 96 and not world.was_busy:
        world.was_busy = True
        world.referee.rest(HOSTS["matin-new"], world.clock.now() + timedelta(hours=3))
        return Said(b"busy", 429, headers={"Retry-After": "10800"})
    return _matin(world)


def _matin(world):
    home = world.address("matin")
    entries = "".join(
        f"<entry><title>{escape(piece.headline)}</title><id>tag:matin,2026:{piece.slug}</id>"
        f'<link rel="alternate" href="{world.page_of("matin", piece)}"/><updated>{piece.at.isoformat()}</updated>'
        f"<published>{piece.at.isoformat()}</published><summary>{escape(piece.summary)}</summary></entry>"
        for piece in world.out("matin")
    )
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Matin du Lac'
        f"</title><id>tag:matin,2026</id><link rel='alternate' href='{home}'/><updated>{START.isoformat()}</updated>{entries}</feed>"
    )
    return Said(body.encode(), kind="application/atom+xml")


def ozero(world):
    """RDF in an old encoding, which its server announces wrongly; ill on the third day."""
    if 48 <= world.clock.hours < 56:
        until = START + timedelta(hours=56)
        world.referee.rest(HOSTS["ozero"], until)
        return Said(b"ill", 503, headers={"Retry-After": format_datetime(until, usegmt=True)})
    items = "".join(
        f'<item rdf:about="{world.page_of("ozero", piece)}"><title>{escape(piece.headline)}</title>'
        f"<link>{world.page_of('ozero', piece)}</link><description>{escape(piece.summary)}</description>"
        f"<dc:date>{piece.at.isoformat()}</dc:date></item>"
        for piece in world.out("ozero")
    )
    body = (
        '<?xml version="1.0" encoding="windows-1251"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">'
        f"<title>Озёрный вестник</title><link>{world.address('ozero')}</link><description>-</description></channel>{items}</rdf:RDF>"
    )
    return Said(body.encode("windows-1251", "xmlcharrefreplace"), kind="application/rdf+xml; charset=utf-8")


def gol(world):
    """A JSON Feed that shuts us out for half a day."""
    if 24 <= world.clock.hours < 36:
        return Said(b"no", 403)
    items = [
        {"id": piece.slug, "url": world.page_of("gol", piece), "title": piece.headline, "summary": piece.summary, "language": "tr",
         "date_published": piece.at.isoformat()}
        for piece in world.out("gol")
    ]  # fmt: skip
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Göl Postası",
        "home_page_url": world.address("gol"),
        "language": "tr",
        "items": items,
    }
    return Said(json.dumps(body).encode(), kind="application/feed+json")


SHELF = [
    "بازار ماهی‌فروشان از فردا بسته است",
    "نمایشگاه عکس قایق‌های قدیمی در موزه",
    "بلیت قطار ساحلی گران نمی‌شود امسال",
]


def daryache(world):
    """A page without a feed. Three old cards stand on it from the start, whose pages are gone."""
    cards = [(piece.headline, f"/n/{piece.slug}.html") for piece in world.out("daryache")]
    cards += [(title, f"/old/{number}.html") for number, title in enumerate(SHELF)]
    body = "".join(
        f'<article class="card"><h2><a href="{path}">{title}</a></h2></article>' for title, path in cards
    )
    return Said(page("روزنامه دریاچه", body, language="fa").encode())


def tba(world):
    """A news sitemap; one of its pages is closed to robots."""
    urls = "".join(
        f"<url><loc>{world.page_of('tba', piece)}</loc><news:news><news:publication><news:name>ტბის ამბები</news:name>"
        f"<news:language>ka</news:language></news:publication><news:publication_date>{piece.at.isoformat()}"
        f"</news:publication_date><news:title>{piece.headline}</news:title></news:news></url>"
        for piece in world.out("tba")
    )
    body = (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )
    return Said(body.encode(), kind="application/xml")


def tideway(world):
    """Another digest: each piece names the paper that had it first."""
    via = f'<source url="{world.address("matin", "/n/barrage.html")}">Le Matin du Lac</source>'
    items = _items(world, "tideway", guid=lambda piece: piece.slug, more=via)
    return Said(
        _rss("The Other Digest", items, home=world.address("tideway"), language="en").encode(),
        kind="application/rss+xml; charset=utf-8",
    )


def pulse(world):
    """An agency with a hub."""
    hub = f'<atom:link rel="hub" href="{world.address("pulse", "/hub")}"/>'
    items = _items(world, "pulse", guid=lambda piece: f"pulse:{piece.slug}")
    return Said(
        _rss("Pulse", items, home=world.address("pulse"), language="en", extra=hub).encode(),
        kind="application/rss+xml",
    )


def gazette(world):
    """Everything that a server can do wrong, one after the other."""
    hour = world.clock.hours
    if 20 <= hour < 27:
        return Said(POISON, kind="application/rss+xml")
    if hour >= 27 and world.ills:
        return world.ills.pop(0)
    return Said(b"gone", 410) if hour >= 130 else _gazette(world)


def _gazette(world):
    items = _items(world, "gazette", guid=lambda piece: piece.slug)
    body = _rss("The Broken Gazette", items, home=world.address("gazette"), language="en")
    return Said(body.encode(), kind="application/rss+xml")


def ills():
    """Return what the Gazette answers after its poison, one at each time that it is asked."""
    return [
        Said(
            gzip.compress(b" " * 60_000_000), kind="application/rss+xml", headers={"Content-Encoding": "gzip"}
        ),
        Said(b"<rss><channel>" + b"x" * 5000, cut=14),
        Said(b"ill", 500),
    ]


FEEDS = {
    ("lantern", "/"): lambda _world: home("The Ardmere Lantern", "/feed.xml"),
    ("lantern", "/feed.xml"): lantern,
    ("matin", "/"): lambda _world: home("Le Matin du Lac", "/atom.xml", "application/atom+xml"),
    ("matin", "/atom.xml"): matin,
    ("matin-new", "/atom.xml"): matin_new,
    ("ozero", "/news.rdf"): ozero,
    ("gol", "/feed.json"): gol,
    ("daryache", "/khabar/"): daryache,
    ("tba", "/news-sitemap.xml"): tba,
    ("tideway", "/feed.xml"): tideway,
    ("pulse", "/feed.xml"): pulse,
    ("gazette", "/feed.xml"): gazette,
}
CONDITIONAL = {"/feed.xml", "/atom.xml", "/news.rdf"}


@contextmanager
def week():
    """Open the world, and close it again."""
    world = World()
    try:
        yield world
    finally:
        world.close()


def asked_often(referee):
    """Return how often each path of each host was asked."""
    found = defaultdict(int)
    for _at, host, path, _status in referee.asked:
        found[host, urlsplit(path).path] += 1
    return found
