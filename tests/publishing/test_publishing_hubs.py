"""Hubs are told of feeds that changed: soon, once for a burst, until they have heard."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from dateline.cli.main import main as dateline
from dateline.publishing.actions.hubs import MOST_TRIES, tell_hubs_due, tell_hubs_soon
from dateline.publishing.models import HubPing
from dateline.work.models import Job


class Hub:
    """A hub on loopback. answers: statuses for the next askings."""

    def __init__(self):
        self.heard, self.answers = [], []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.heard.append((self.headers["Content-Type"], parse_qs(body)))
                self.send_response(hub.answers.pop(0) if hub.answers else 204)
                self.end_headers()

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hub(db, settings):
    server = Hub()
    settings.DATELINE_URL = "https://digest.example"
    settings.DATELINE_HUBS = [server.address]
    yield server
    server.close()


def test_a_burst_of_changes_is_told_once_for_each_feed(hub):
    now = timezone.now()
    for _time in range(20):
        tell_hubs_soon(["/en/feed.xml", "/en/feed.json", "/en/", "/en/x/ninjs.json"], now=now)
    assert Job.objects.filter(task="publishing.tell_hubs").count() == 1
    assert Job.objects.get(task="publishing.tell_hubs").run_after > now
    assert tell_hubs_due(now=now) == 2
    topics = ["https://digest.example/en/feed.json", "https://digest.example/en/feed.xml"]
    assert sorted(form["hub.topic"][0] for _kind, form in hub.heard) == topics
    assert hub.heard[0][0] == "application/x-www-form-urlencoded"
    assert hub.heard[0][1]["hub.mode"] == ["publish"]
    assert hub.heard[0][1]["hub.url"] == hub.heard[0][1]["hub.topic"]
    assert not HubPing.objects.exists()


def test_a_hub_that_does_not_hear_is_told_later_and_more_and_more_seldom(hub, capsys):
    now = timezone.now()
    tell_hubs_soon(["/en/feed.xml", "/en/atom.xml"], now=now)
    hub.answers = [500]
    assert tell_hubs_due(now=now) == 0
    assert len(hub.heard) == 1  # it is not asked for each feed
    [first, second] = HubPing.objects.all()
    assert (first.tries, first.trouble) == (1, "It answered with status 500.")
    assert second.next_at > now
    assert tell_hubs_due(now=now) == 0
    hub.answers = [500]
    later = first.next_at
    tell_hubs_due(now=later)
    assert HubPing.objects.first().next_at - later > first.next_at - now
    with pytest.raises(SystemExit):
        dateline(["websub"])
    assert "/en/feed.xml\t2\t" in capsys.readouterr().out
    HubPing.objects.update(tries=MOST_TRIES - 1, next_at=now)
    hub.answers = [500]
    tell_hubs_due(now=now)
    assert not HubPing.objects.filter(next_at__isnull=False).exists()  # given up, until the feed changes
    tell_hubs_soon(["/en/feed.xml"], now=now + timedelta(seconds=1))
    assert tell_hubs_due(now=now + timedelta(seconds=1)) == 1
    with pytest.raises(SystemExit) as ended:
        dateline(["websub", "--now"])
    assert not ended.value.code
    assert not HubPing.objects.exists()


def test_what_changes_while_it_is_told_is_told_again_and_a_hub_that_was_taken_off_is_forgotten(hub, settings):
    now = timezone.now()
    tell_hubs_soon(["/en/feed.xml"], now=now)
    settings.DATELINE_HUBS = []
    assert tell_hubs_soon(["/en/feed.xml"], now=now) == 0
    assert tell_hubs_due(now=now) == 0
    assert not HubPing.objects.exists()
    assert hub.heard == []
