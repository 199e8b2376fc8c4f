"""How long the newslist takes with a day of 10,000 new originals: `python benchmarks/desk/newslist.py [PIECES]`.

Prints CPU milliseconds of a page on the server (least and median of ROUNDS, after a warm one) and by the clock, what
it asks the database, the script's requests, and with Chromium: first paint after the answer, and how long a key takes.
"""

import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from datetime import timedelta
from html import unescape
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
FOLDER = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.test_settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.DATABASES["default"]["NAME"] = f"{FOLDER}/bench.sqlite3"
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

ROUNDS = 7
OUTLETS = 200
KEYS = 20


def main() -> None:
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.ALLOWED_HOSTS = ["*"]
    user = fill(pieces)
    client = Client()
    client.force_login(user)
    told(f"{pieces} pieces of two days, {OUTLETS} outlets, a third of them in stories, half over the line")
    index()
    first = re.search(r'id="story-(\d+)"', client.get("/desk/").content.decode())[1]
    for name, asked in ASKED.items():
        measure(client, name, asked.replace("FIRST", first))
    further(client)
    had(client)
    in_a_browser(client)


ASKED = {
    "the list, stories": "",
    "single pieces": "view=pieces",
    "newest first": "order=newest",
    "strongest first": "order=score",
    "unread only": "unread=on",
    "a word in headlines": "q=ferry",
    "a rare word in headlines": "q=zanzibar",
    "a rare word, texts too": "q=zanzibar&text=on",
    "one outlet": "outlet=7",
    "one language": "language=ka",
    "one country": "country=GE",
    "one label": "label=ships",
    "folded away": "fold=under",
    "both sides of the line": "fold=all",
    "everything, picked and spiked too": "state=all&fold=all",
    "picked": "state=picked",
    "a story open": "open=FIRST",
}


def fill(pieces):
    import cast

    from dateline.intake.actions.beats import describe_beat
    from dateline.intake.models import BeatScore, Membership, Original, Story
    from dateline.people.apps import lay_groups

    cast.an_identity()
    lay_groups()
    now, dice = timezone.now(), random.Random(7)  # nothing secret
    outlets = [
        cast.an_outlet(f"Outlet {n}", country=dice.choice(["GE", "AM", "AZ", "TR", "IR"]))
        for n in range(OUTLETS)
    ]
    for outlet in outlets[::2]:
        cast.an_agreement(outlet)
    text = "The ferry of the port sails again on Monday, and the islanders waited nine weeks for it. " * 60
    rows = [
        Original(
            outlet=outlets[n % OUTLETS],
            url=f"https://o.example/{n}",
            identity=f"o.example/{n}",
            headline=f"The ferry number {n} sails again from the port of the islands",
            language=dice.choice(["ka", "hy", "fa", "en", "fr"]),
            taken_at=now - timedelta(seconds=n * 172_800 / pieces),
            body_html=text,
            body_text=text,
            word_count=960,
        )
        for n in range(pieces)
    ]
    made = Original.objects.bulk_create(rows, batch_size=500)
    beat = describe_beat(
        description={
            "name": "Ferries",
            "concepts": [{"name": "ferry", "labels": ["ships"], "forms": {"en": ["ferry"]}}],
        },
        by=None,
        now=now,
    )
    BeatScore.objects.bulk_create(
        (
            BeatScore(
                beat=beat,
                original=one,
                score=(score := dice.random()),
                is_over_the_line=score > 0.5,
                label_lines=BeatScore.lines_of(["ships"]) if score > 0.8 else "",
                version=beat.version,
                scored_at=now,
            )
            for one in made
        ),
        batch_size=1000,
    )
    told_of = [made[n : n + 5] for n in range(0, pieces // 3, 5)]
    stories = Story.objects.bulk_create(
        Story(
            title=group[0].headline,
            opened_at=now,
            last_at=group[0].taken_at,
            pieces=len(group),
            outlets=len(group),
        )
        for group in told_of
    )
    Membership.objects.bulk_create(
        (
            Membership(original=one, story=story, told_at=one.taken_at)
            for story, group in zip(stories, told_of, strict=True)
            for one in group
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return cast.somebody("ines", role="editor-in-chief")


def measure(client, name, asked, *, address="/desk/", **headers):
    address, told_headers = f"{address}?{asked}", {f"HTTP_{key}": value for key, value in headers.items()}
    client.get(address, **told_headers)
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(address, **told_headers)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    with CaptureQueriesContext(connection) as queries:
        client.get(address, **told_headers)
    slow = max(queries.captured_queries, key=lambda one: float(one["time"]))
    told(
        f"{name}: {min(cpus):.0f} to {statistics.median(cpus):.0f} ms CPU, {statistics.median(walls):.0f} ms; "
        f"{len(queries)} questions, "
        f"the longest {1000 * float(slow['time']):.0f} ms; {len(answer.content) // 1024} KB"
    )
    if "-v" in sys.argv:
        told("   " + slow["sql"][:3000])


def further(client):
    """What the script asks at the end of a page: its lines alone."""
    text = client.get("/desk/").content.decode()
    older = unescape(re.search(r'href="([^"]*)"[^>]*data-newsroom-older', text)[1])
    measure(client, "the next lines, for the script", older.partition("?")[2], X_NEWSROOM="fetch")


def index():
    """Enter every text into the index of words, as a job does within the minute."""
    from dateline.desk.actions.looking import enter_originals

    begun, entered = time.perf_counter(), 0
    while some := enter_originals():
        entered += some
    told(f"{entered} pieces entered into the index of words in {time.perf_counter() - begun:.0f} s")


def had(client):
    """Look words up in what we had."""
    for name, asked in {"a common word": "q=ferry", "a rare one": "q=4711", "like a piece": "like=1"}.items():
        measure(client, f"had we this, {name}", asked, address="/desk/had/")


def in_a_browser(client):
    from playwright.sync_api import sync_playwright

    address, server = serve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/desk/")
        paints = []
        for _ in range(ROUNDS):
            page.reload()
            page.wait_for_function(PAINTED)  # what was loaded may not have been painted yet
            paints.append(page.evaluate(PAINT))
        for at, name in enumerate(("answer of the server", "first paint after it", "first paint in all")):
            told(f"{name}: {statistics.median(paint[at] for paint in paints):.0f} ms")
        told(f"a key (j) until the next frame: {keys(page, 'j')}")
        told(f"a key (o, a story opens here): {keys(page, 'o', once=True)}")
        told(f"a key (s, spiked in place): {keys(page, 's')}")
        browser.close()
    server.shutdown()


PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
PAINT = """() => { const [nav] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    return [nav.responseStart, paint - nav.responseStart, paint]; }"""
KEY = """(key) => new Promise((done) => { const from = performance.now();
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from))); })"""


def keys(page, key, *, once=False):
    times = sorted(page.evaluate(KEY, key) for _ in range(1 if once else KEYS))
    return f"median {statistics.median(times):.0f} ms, longest {times[-1]:.0f} ms"


def serve():
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.handlers.wsgi import WSGIHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", server


def told(sentence):
    print(sentence, flush=True)  # a benchmark prints


if __name__ == "__main__":
    main()
