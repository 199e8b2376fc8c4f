"""The one port, request by request: what readers are answered, with which headers, and who waits when it is crowded."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from publishing.publishing_paper import PAGES

from dateline.config.rsgi import Application
from dateline.config.shedding import MOST, Gate, Lane, lane_of
from dateline.lib.home import Home
from dateline.publishing.stores.disk import DiskStore

PAGE = b"<!doctype html><html><head><title>Ferry</title></head><body><p>%s</p></body></html>" % (
    b"The ferry. " * 300
)
FILM = bytes(range(256)) * 10_000
PICTURE = b"RIFF" + bytes(range(256))


class Protocol:
    """Keeps what the server answers."""

    def __init__(self):
        self.status, self.headers, self.body = 0, {}, b""

    def response_bytes(self, status, headers, body):
        assert len({name for name, _value in headers}) == len(headers), "a header stands twice"
        self.status, self.headers, self.body = status, dict(headers), body

    def response_str(self, status, headers, body):
        self.response_bytes(status, headers, body.encode())

    def response_empty(self, status, headers):
        self.response_bytes(status, headers, b"")

    def response_file(self, status, headers, file):
        self.response_bytes(status, headers, Path(file).read_bytes())

    def response_file_range(self, status, headers, file, start, end):
        self.response_bytes(status, headers, Path(file).read_bytes()[start:end])


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    home.lay()
    store = DiskStore(home.site)
    store.put("en/ferry/index.html", PAGE)
    store.put("en/gone/index.html", PAGE, status=410)
    store.put("404.html", PAGE, status=404)
    store.put("feed.xml", b"<rss/>")
    (home.media / "images").mkdir()
    (home.media / "images" / "ferry.webp").write_bytes(PICTURE)
    (home.media / "images" / "ferry.mp4").write_bytes(FILM)
    return home


@pytest.fixture
def ask(home):
    def ask(path, method="GET", *, environment=None, **headers):
        application = Application(home, environment or {"DATELINE_URL": "https://digest.example"})
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        scope = SimpleNamespace(path=path, method=method, proto="http", headers=named, query_string="")
        protocol = Protocol()
        asyncio.run(application.__rsgi__(scope, protocol))
        return protocol

    return ask


def test_a_page_is_answered_whole_then_not_again_and_by_its_head(ask):
    whole = ask("/en/ferry/", accept_encoding="gzip, br")
    assert (whole.status, whole.headers["content-encoding"]) == (200, "br")
    again = ask("/en/ferry/", accept_encoding="gzip, br", if_none_match=whole.headers["etag"])
    assert (again.status, again.body, "content-length" in again.headers) == (304, b"", False)
    assert again.headers["etag"] == whole.headers["etag"]
    head = ask("/en/ferry/", "HEAD", accept_encoding="gzip, br")
    assert (head.headers, head.body) == (whole.headers, b"")
    assert ask("/en/ferry/", "POST").status == 405
    assert ask("/en/gone/", if_none_match="*").status == 410
    assert ask("/en/ferry", "GET").headers["location"] == "/en/ferry/"


@pytest.mark.parametrize(("name", "whole"), [("ferry.mp4", FILM), ("ferry.webp", PICTURE)])
def test_media_are_given_out_in_parts(ask, name, whole):
    path, size = f"/media/images/{name}", len(whole)
    all_of_it = ask(path)
    assert (all_of_it.status, all_of_it.body, all_of_it.headers["accept-ranges"]) == (200, whole, "bytes")
    part = ask(path, range="bytes=10-19")
    assert (part.status, part.body) == (206, whole[10:20])
    assert (part.headers["content-range"], part.headers["content-length"]) == (f"bytes 10-19/{size}", "10")
    assert ask(path, range="bytes=-5").body == whole[-5:]
    beyond = ask(path, range=f"bytes={size}-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    etag = all_of_it.headers["etag"]
    assert ask(path, range="bytes=0-1", if_range=etag).status == 206
    assert ask(path, range="bytes=0-1", if_range='"another"').status == 200
    assert ask(path, if_none_match=etag).status == 304
    assert ask(path, "HEAD", range="bytes=0-1").headers["content-length"] == str(size)


def test_a_page_is_never_given_out_in_parts(ask):
    assert ask("/en/ferry/", range="bytes=0-9").status == 200


def test_only_a_cache_that_is_told_of_every_change_may_keep_pages(ask):
    told = {"DATELINE_URL": "https://digest.example", "DATELINE_PURGE": "http://127.0.0.1:6081"}
    assert "cdn-cache-control" not in ask("/en/ferry/").headers
    kept = ask("/en/ferry/", environment=told).headers
    assert kept["cache-control"] == "no-cache"
    assert "stale-while-revalidate=60" in kept["cdn-cache-control"]
    picture = ask("/media/images/ferry.webp", environment=told).headers
    assert "stale-while-revalidate" in picture["cache-control"]
    assert "cdn-cache-control" not in picture


# What a stranger's examiner says of our headers


def observatory(answer, *, is_https=True):
    """Return the points beside 100, by row, of the MDN HTTP Observatory's grader for one answer.

    Source: @mdn/mdn-http-observatory 1.4.8, src/grader/charts.js and src/analyzer/tests (what each row asks for).
    Rows of redirection and of the preload list need a network and are not told here.
    """
    said = answer.headers
    policy = {
        one.split()[0]: one.split()[1:] for one in said.get("content-security-policy", "").split("; ") if one
    }
    page = answer.body.decode()
    scripts = re.findall(r"<script[^>]*\bsrc=[\"']?([^\"' >]+)", page)
    age = re.match(r"max-age=(\d+)", said.get("strict-transport-security", ""))
    foreign = [one for one in scripts if one.startswith(("//", "http"))]
    integrity = re.search(r"<script[^>]*\bsrc=[^>]*\bintegrity=", page)
    return {
        "csp": _policy_points(policy),
        "cookies": 0 if "set-cookie" not in said else -40,
        "cors": -50 if "access-control-allow-origin" in said else 0,
        "corp": 10 if said.get("cross-origin-resource-policy") in {"same-origin", "same-site"} else 0,
        "referrer": 5 if said.get("referrer-policy") == "strict-origin-when-cross-origin" else -5,
        "hsts": 0 if is_https and age and int(age.group(1)) >= 15_768_000 else -20,
        "sri": -50 if foreign else 5 if integrity else 0,
        "nosniff": 0 if said.get("x-content-type-options") == "nosniff" else -5,
        "frames": 5 if policy.get("frame-ancestors") else -20,
    }


def _policy_points(policy):
    broad = {"ftp:", "http:", "https:", "*", "'unsafe-inline'", "'unsafe-eval'", "data:"}
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    objects = policy.get("object-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    if broad & {*scripts, *objects}:
        return -20
    if any(one.startswith(("http:", "ftp:")) for sources in policy.values() for one in sources):
        return -20
    if broad & set(styles):
        return 0
    return (
        10
        if policy.get("default-src") == ["'none'"] and policy.get("form-action") in (["'self'"], ["'none'"])
        else 5
    )


@pytest.mark.parametrize("name", ["article", "home", "section"])
def test_every_row_of_the_observatory_that_can_be_had_without_a_network_is_had(ask, home, name):
    template, make = PAGES[name]
    with translation.override("en"):
        page = render_to_string(template, {"page": make("en")}).encode()
    DiskStore(home.site).put("en/real/index.html", page)
    points = observatory(ask("/en/real/"))
    had = {"csp": 10, "corp": 10, "referrer": 5, "frames": 5}
    # A page sets no cookie, and asks no stranger for a script: these rows are 0. Five more points are for hashes on
    # scripts of one's own, which are not taken: a page and its script are not made at the same moment.
    assert points == {**dict.fromkeys(points, 0), **had}
    assert observatory(ask("/en/real/", environment={"DATELINE_URL": "http://digest.example"}))["hsts"] == -20


def test_the_examiner_sees_what_is_wrong():
    """Each row of ours has an answer that fails it."""
    bare = SimpleNamespace(headers={}, body=b'<script src="https://x.example/a.js"></script>')
    assert min(observatory(bare).values()) == -50
    assert {row: points for row, points in observatory(bare).items() if points < 0}.keys() == {
        "csp", "referrer", "hsts", "sri", "nosniff", "frames",
    }  # fmt: skip
    loose = {
        "content-security-policy": "default-src 'none'; script-src 'self' 'unsafe-inline'",
        "set-cookie": "a=b",
    }
    assert observatory(SimpleNamespace(headers=loose, body=b""))["csp"] == -20


# Who waits


def test_each_address_has_its_lane():
    lanes = {
        "/desk/": Lane.DESK, "/-/seen/": Lane.BEACON, "/-/search/": Lane.SEARCH, "/-/search/suggest/": Lane.SEARCH,
        "/-/letters/": Lane.READER, "/for/token/": Lane.READER, "/drop/": Lane.READER,
    }  # fmt: skip
    assert {path: lane_of(path, "POST") for path in lanes} == lanes


def test_a_crowd_of_searches_keeps_nobody_else_out():
    gate = Gate()
    assert all(gate.enter(Lane.SEARCH) for _ in range(MOST[Lane.SEARCH]))
    assert not gate.enter(Lane.SEARCH)
    assert gate.enter(Lane.DESK)
    assert gate.enter(Lane.BEACON)
    gate.leave(Lane.SEARCH)
    assert gate.enter(Lane.SEARCH)


def test_when_the_server_is_late_search_and_beacon_are_shed_and_the_desk_is_not():
    async def late_by(seconds):
        loop, gate = asyncio.get_running_loop(), Gate()
        gate.watch(loop)
        gate._due = loop.time() - seconds  # the loop's clock is ahead of its tick
        let_in = {lane for lane in Lane if gate.enter(lane)}
        gate.close()
        return let_in

    assert asyncio.run(late_by(0.0)) == set(Lane)
    assert asyncio.run(late_by(1.0)) == {Lane.DESK, Lane.READER}


def test_who_is_shed_is_told_when_to_come_again(ask, monkeypatch):
    monkeypatch.setattr(Gate, "enter", lambda _self, lane: lane is Lane.DESK)
    shed = ask("/-/search/")
    assert (shed.status, shed.headers["retry-after"], shed.headers["cache-control"]) == (
        503,
        "30",
        "no-store",
    )
    assert ask("/en/ferry/").status == 200
