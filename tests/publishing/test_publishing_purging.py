"""The cache in front of us hears of every change: soon, until it has heard, and of what changed meanwhile."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.publishing.actions import purging
from dateline.publishing.actions.purging import purge_everything, purge_soon, purge_those_due
from dateline.publishing.models import PurgeWish
from dateline.publishing.purgers import chosen
from dateline.publishing.purgers.base import PurgeFailed
from dateline.work.models import Job

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Cache:
    """A cache on loopback. `heard`: (method, path, Host, body). `next`: a status or (status, body) for each asking."""

    def __init__(self):
        self.heard, self.next = [], []
        self.good = b"{}"
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                cache.heard.append((self.command, self.path, self.headers["Host"], body, dict(self.headers)))
                wish = cache.next.pop(0) if cache.next else 200
                if wish == "hang up":
                    self.connection.close()
                    return
                status, content = wish if isinstance(wish, tuple) else (wish, cache.good)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_PURGE = do_BAN = do_POST = answer  # noqa: N815 - so called by the library

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def cache(db, monkeypatch, settings):
    settings.DATELINE_URL = "https://digest.example"
    cache = Cache()
    monkeypatch.setenv("DATELINE_PURGE", cache.address)
    yield cache
    cache.close()


def test_what_changed_is_purged_once_by_its_address_at_the_cache(cache):
    assert purge_soon(["/az/", "/az/", "/"], now=NOW) == 2
    assert Job.objects.filter(task="publishing.purge").count() == 1
    assert purge_those_due() == 2
    assert [one[:3] for one in cache.heard] == [
        ("PURGE", "/", "digest.example"),
        ("PURGE", "/az/", "digest.example"),
    ]
    assert not PurgeWish.objects.exists()


def test_without_a_cache_nothing_is_written_down(db, monkeypatch):
    monkeypatch.delenv("DATELINE_PURGE", raising=False)
    assert purge_soon(["/"], now=NOW) == 0
    assert not PurgeWish.objects.exists()


@pytest.mark.parametrize("trouble", [500, 405, 401, "hang up"])
def test_what_a_cache_did_not_hear_waits_with_the_reason(cache, trouble):
    purge_soon(["/", "/az/"], now=NOW)
    cache.next = [200, trouble]
    with pytest.raises(PurgeFailed):
        purge_those_due()
    wishes = PurgeWish.objects.all()
    assert {one.path for one in wishes} == {"/", "/az/"}  # one asking carries both: both are asked for again
    assert all(one.tries == 1 and one.trouble for one in wishes)
    assert purge_those_due() == 2


def test_an_address_that_the_cache_does_not_have_is_as_good_as_purged(cache):
    purge_soon(["/"], now=NOW)
    cache.next = [404]
    assert purge_those_due() == 1


def test_a_page_that_changes_while_its_purge_is_under_way_is_purged_again(cache, monkeypatch):
    purge_soon(["/"], now=NOW)
    purger = chosen()
    ask = purger.purge

    def ask_and_change(urls):
        ask(urls)
        PurgeWish.objects.update(asked_at=NOW + timedelta(seconds=1))

    purger.purge = ask_and_change
    with monkeypatch.context() as held:
        held.setattr(purging, "chosen", lambda: purger)
        assert purge_those_due() == 0
    assert purge_those_due() == 1
    assert [one[:2] for one in cache.heard] == [("PURGE", "/")] * 2


def test_very_many_are_purged_as_everything(cache, monkeypatch):
    monkeypatch.setattr(purging, "EVERYTHING_FROM", 3)
    purge_soon(["/", "/az/", "/en/"], now=NOW)
    assert purge_those_due() == 3
    assert [one[:2] for one in cache.heard] == [("BAN", "/")]


def test_cloudflare_is_asked_as_it_documents(cache, monkeypatch):
    monkeypatch.setenv("DATELINE_PURGE", "cloudflare:023e105f4ecef8ad9ca31a8372d0c353")
    monkeypatch.setenv("DATELINE_PURGE_URL", cache.address)
    monkeypatch.setenv("DATELINE_PURGE_KEY", "a-token")
    cache.good = json.dumps({"success": True, "errors": [], "messages": [], "result": {"id": "x"}}).encode()
    purge_soon([f"/{number}/" for number in range(31)], now=NOW)
    assert purge_those_due() == 31
    method, path, _host, body, headers = cache.heard[0]
    assert (method, path) == ("POST", "/client/v4/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache")
    assert headers["Authorization"] == "Bearer a-token"
    assert len(json.loads(body)["files"]) == 30
    assert json.loads(cache.heard[1][3])["files"] == ["https://digest.example/9/"]
    purge_everything()
    assert json.loads(cache.heard[2][3]) == {"purge_everything": True}
    refusal = {"success": False, "errors": [{"code": 1107, "message": "Unable to purge, rate limit reached"}]}
    cache.next = [(200, json.dumps(refusal).encode()), (429, b"slow down")]
    purge_soon(["/"], now=NOW)
    for said in ("rate limit", "429"):
        with pytest.raises(PurgeFailed, match=said):
            purge_those_due()


def test_fastly_is_asked_as_it_documents(cache, monkeypatch):
    monkeypatch.setenv("DATELINE_PURGE", "fastly:SU1Z0isxPaozGVKXdv0eY")
    monkeypatch.setenv("DATELINE_PURGE_URL", cache.address)
    monkeypatch.setenv("DATELINE_PURGE_KEY", "a-token")
    cache.good = b'{"status": "ok", "id": "108-1391560174-974124"}'
    purge_soon(["/az/"], now=NOW)
    assert purge_those_due() == 1
    purge_everything()
    assert [one[1] for one in cache.heard] == [
        "/purge/digest.example/az/",
        "/service/SU1Z0isxPaozGVKXdv0eY/purge_all",
    ]
    assert cache.heard[0][4]["Fastly-Key"] == "a-token"


@pytest.mark.parametrize("told", ["varnish:6081", "cloudflare:", "fastly:a/b"])
def test_a_setting_that_names_no_cache_is_told_in_words(told, monkeypatch):
    monkeypatch.setenv("DATELINE_PURGE", told)
    with pytest.raises(PurgeFailed, match="DATELINE_PURGE"):
        chosen()


def test_no_key_is_told_before_anything_is_asked(cache, monkeypatch):
    monkeypatch.setenv("DATELINE_PURGE", "fastly:abc")
    monkeypatch.delenv("DATELINE_PURGE_KEY", raising=False)
    with pytest.raises(PurgeFailed, match="DATELINE_PURGE_KEY"):
        purge_everything()
    assert not cache.heard
