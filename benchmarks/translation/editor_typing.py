"""Typing on the translation desk in Chromium: what a key costs the page, and what it asks of the server.

Run: python benchmarks/translation/editor_typing.py [--sentences N] [--keys N]

A translation of N sentences (300), half of them translated, is served from a new SQLite database on this machine. A
sentence in the middle is typed into, 60 keys a second for a second, then a pause, in turns, N keys in all (400). From
Chromium's own trace: for each key the time of the main thread in handlers, style and layout (the union of the trace's
EventDispatch, UpdateLayoutTree and Layout from this key to the next, for a second at most: the checks are asked when
nobody typed for 1.2 s, and saving comes after 1.5 s), what was done in each pause after that second, and the longest
task of the renderer's main thread in all of it. By the clock: beside busy neighbours that is more than the work.
Requests are counted from the first key of a turn to its last.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT), str(ROOT / "tests" / "support"), str(ROOT / "tests")]

from memory import start  # noqa: E402 - beside this file

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TURN = 50
WORDS = "the ferry to the island sails again on monday and nobody had believed it "
A_SECOND = 1_000_000
WORK = {"EventDispatch", "UpdateLayoutTree", "Layout", "PrePaint"}
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel"]


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=300)
    parser.add_argument("--keys", type=int, default=400)
    return parser.parse_args()


def main() -> None:
    options = asked()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DATELINE_HOME": home, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        start()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import override_settings

        settings.ALLOWED_HOSTS = ["*"]
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        # By an override, which reaches stores that were asked for before.
        override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
        call_command("migrate", run_syncdb=True, verbosity=0)
        typed(served(), laid(options.sentences), options.keys)


def laid(count: int):
    from cast import a_translation, an_identity, an_original, tomas

    from dateline.translation.actions import save_segment, start_job

    an_identity(languages=("en", "pt"))
    lines = [
        f"The ferry number {at} sails again on Monday, and <b>nobody</b> had believed it."
        for at in range(count)
    ]
    body = "".join(f"<p>{' '.join(lines[at : at + 4])}</p>" for at in range(0, count, 4))
    article = a_translation(an_original(language="en", body_html=body, standfirst=""), language="pt")
    job = start_job(article=article, snapshot=None, by=tomas(), now=NOW)
    for one in job.segments.order_by("position")[: count // 2]:
        save_segment(segment=one, text=one.source, version=one.version, by=tomas(), now=NOW)
    return job


def served() -> str:
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args):
            pass

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def typed(address: str, job, keys: int) -> None:
    from cast import tomas
    from django.conf import settings
    from django.contrib.auth.models import Permission
    from django.test import Client
    from django.urls import reverse
    from playwright.sync_api import sync_playwright

    user = tomas()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_job"]))
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    middle = job.segments.order_by("position")[job.segments.count() * 2 // 3]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless=new", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        page.goto(address + reverse("translation:job", args=[job.pk]))
        page.locator("[data-desk-aside] [data-desk-pane]").wait_for()
        field = page.locator(f"#segment-{middle.pk} textarea")
        field.focus()
        page.wait_for_load_state("networkidle")
        page.keyboard.type(WORDS)
        page.wait_for_timeout(3_000)
        asked_while: list[str] = []
        listening = {"on": False}
        page.on("request", lambda one: asked_while.append(one.url) if listening["on"] else None)
        browser.start_tracing(page=page, categories=CATEGORIES)
        for turn in range(keys // TURN):
            listening["on"] = True
            page.keyboard.type((WORDS * 2)[turn : turn + TURN], delay=16)
            listening["on"] = False
            page.wait_for_timeout(2_500)
        trace = json.loads(browser.stop_tracing())["traceEvents"]
        browser.close()
    told(trace, asked_while, job.segments.count())


def told(trace: list[dict], requests: list[str], count: int) -> None:
    main_thread = next(
        (one["pid"], one["tid"])
        for one in trace
        if one.get("name") == "EventDispatch" and one["args"].get("data", {}).get("type") == "keydown"
    )
    own = [one for one in trace if (one.get("pid"), one.get("tid")) == main_thread and one.get("ph") == "X"]
    keys = sorted(
        one["ts"]
        for one in own
        if one["name"] == "EventDispatch" and one["args"].get("data", {}).get("type") == "keydown"
    )
    work = [(one["ts"], one["ts"] + one.get("dur", 0)) for one in own if one["name"] in WORK]
    until = [*keys[1:], keys[-1] + 2 * A_SECOND]
    costs = sorted(
        within(work, begin, min(end, begin + A_SECOND)) for begin, end in zip(keys, until, strict=True)
    )
    pauses = [
        within(work, begin + A_SECOND, end)
        for begin, end in zip(keys, until, strict=True)
        if end - begin > A_SECOND
    ]
    tasks = sorted(one.get("dur", 0) / 1000 for one in own if "RunTask" in one["name"])
    print(f"{count} sentences, {len(keys)} keys, {len(requests)} requests while typing")
    for share in (0.5, 0.95, 0.99):
        print(
            f"handlers, style and layout of a key, p{share * 100:.0f}: {costs[int(share * (len(costs) - 1))]:.1f} ms"
        )
    print(f"in a pause, once: {sum(pauses) / len(pauses):.1f} ms, at most {max(pauses):.1f} ms")
    print(
        f"longest task {tasks[-1]:.0f} ms, tasks over 50 ms: {sum(one > 50 for one in tasks)} of {len(tasks)}"
    )


def within(work: list[tuple[float, float]], begin: float, end: float) -> float:
    """Return the milliseconds of work that was begun in a span of time."""
    return union([span for span in work if begin <= span[0] < end]) / 1000


def union(spans: list[tuple[float, float]]) -> float:
    """Return how long at least one of the spans lasts."""
    total, reached = 0.0, 0.0
    for begin, end in sorted(spans):
        total += max(0.0, end - max(begin, reached))
        reached = max(reached, end)
    return total


if __name__ == "__main__":
    main()
