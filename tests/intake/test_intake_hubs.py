"""Hubs: asked politely, believed when they sign, watched whether they tell us, and never needed."""

import hashlib
import hmac
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from dateline.intake import hubs
from dateline.intake.actions import ask_hubs, check_channel
from dateline.intake.actions.pushes import callback_of, may_be_called
from dateline.intake.models import Delivery, Entry
from dateline.sources.actions.health import PUSHED_PAUSE
from dateline.sources.models import Channel, Outlet, Subscription
from dateline.work.testing import run_all_jobs

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


class Hub:
    """A hub on loopback that remembers what it was asked, and answers as a test says."""

    def __init__(self):
        self.asked = []
        self.status, self.said, self.location = 202, b"", ""
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                hub.asked.append(
                    (self.path, {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()})
                )
                self.send_response(hub.status)
                if hub.location:
                    self.send_header("Location", hub.location)
                self.send_header("Content-Length", str(len(hub.said)))
                self.end_headers()
                self.wfile.write(hub.said)

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/hub"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hub(outlet_server, settings):
    hub = Hub()
    settings.DATELINE_NET_ALLOW = f"127.0.0.1:{outlet_server.port},127.0.0.1:{hub.port},127.0.0.1:8000"
    settings.DATELINE_URL = "http://127.0.0.1:8000"
    yield hub
    hub.close()


def a_feed(outlet_server, hub, *numbers):
    links = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="{hub.address}"/>' if hub else ""
    items = "".join(
        f"<item><title>Piece {n}</title><link>{outlet_server.address}/{n}</link><guid>{n}</guid></item>"
        for n in numbers
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><link>http://127.0.0.1/</link><description>-</description>{links}{items}</channel></rss>'
    outlet_server.put("/feed", body, content_type="application/rss+xml")
    return body.encode()


@pytest.fixture
def channel(db, outlet_server, hub):
    outlet = Outlet.objects.create(name="Post", slug="post", home_url="https://post.example/", language="en")
    channel = Channel.objects.create(
        outlet=outlet, address=outlet_server.address + "/feed", next_check_at=NOW
    )
    a_feed(outlet_server, hub, 1)
    check_channel(channel=channel, now=NOW)
    return channel


def call_back(subscription, **told):
    fields = {f"hub.{name}": value for name, value in told.items()}
    return Client().get(reverse("intake:websub", args=[subscription.token]), fields)


@pytest.fixture
def active(channel):
    ask_hubs(now=NOW)
    subscription = channel.subscription
    answer = call_back(
        subscription, mode="subscribe", topic=subscription.topic, challenge="abc123", lease_seconds="864000"
    )
    assert (answer.status_code, answer.content) == (200, b"abc123")
    Subscription.objects.update(active_since=NOW)
    subscription.refresh_from_db()
    channel.refresh_from_db()
    return subscription


def push(subscription, body, *, method="sha256", secret=None, **headers):
    signature = hmac.new((secret or subscription.secret).encode(), body, getattr(hashlib, method)).hexdigest()
    return Client(enforce_csrf_checks=True).post(
        reverse("intake:websub", args=[subscription.token]),
        body,
        content_type="application/rss+xml",
        headers={"X-Hub-Signature": f"{method}={signature}", **headers},
    )


def test_a_feed_that_names_a_hub_is_subscribed_to(channel, hub):
    assert channel.subscription.state == "offered"
    assert ask_hubs(now=NOW) == 1
    ((path, told),) = hub.asked
    assert path == "/hub"
    assert told["hub.mode"] == "subscribe"
    assert told["hub.topic"] == channel.address
    assert told["hub.callback"] == callback_of(channel.subscription)
    assert told["hub.secret"] == channel.subscription.secret
    assert len(channel.subscription.token) >= 40
    assert ask_hubs(now=NOW) == 0


def test_what_the_hub_confirms_holds_for_its_lease_and_is_renewed_before(active, channel, hub):
    assert active.state == "active"
    assert active.lease_until > datetime.now(UTC) + timedelta(days=9)
    assert channel.is_pushed
    Subscription.objects.update(ask_at=NOW, lease_until=NOW + timedelta(days=1))
    ask_hubs(now=NOW)
    assert len(hub.asked) == 2
    active.refresh_from_db()
    assert active.state == "active"


def test_nothing_is_confirmed_that_we_did_not_ask_for(channel):
    subscription = channel.subscription
    asked = {"topic": subscription.topic, "challenge": "x", "lease_seconds": "60"}
    assert call_back(subscription, mode="subscribe", **asked).status_code == 404  # we have not asked yet
    ask_hubs(now=NOW)
    assert (
        call_back(subscription, mode="subscribe", **{**asked, "topic": "https://x.example/"}).status_code
        == 404
    )
    assert call_back(subscription, mode="unsubscribe", **asked).status_code == 404
    assert (
        call_back(subscription, mode="subscribe", **{**asked, "challenge": "<script>\n"}).status_code == 404
    )
    nobodys = reverse("intake:websub", args=["nobody"])
    assert (Client().get(nobodys).status_code, Client().post(nobodys).status_code) == (404, 410)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha512"])
def test_a_push_goes_the_way_of_a_poll_and_slows_polling(active, channel, outlet_server, hub, method):
    answer = push(active, a_feed(outlet_server, hub, 2, 1), method=method)
    assert answer.status_code == 202
    run_all_jobs()
    assert set(Entry.objects.values_list("title", flat=True)) == {"Piece 1", "Piece 2"}
    assert not Delivery.objects.exists()
    active.refresh_from_db()
    assert active.last_push_at is not None
    channel.refresh_from_db()
    later = NOW + timedelta(hours=1)
    check_channel(channel=channel, now=later)
    channel.refresh_from_db()
    assert channel.next_check_at >= later + PUSHED_PAUSE
    active.refresh_from_db()
    assert active.missed == 0


@pytest.mark.parametrize("header", ["", "sha256=", "md5=abc", "sha256=00", "none"])
def test_a_push_without_a_right_signature_is_answered_and_left_aside(active, outlet_server, hub, header):
    body = a_feed(outlet_server, hub, 7)
    answer = Client().post(
        reverse("intake:websub", args=[active.token]),
        body,
        content_type="text/xml",
        headers={"X-Hub-Signature": header},
    )
    assert answer.status_code == 202
    assert push(active, body, secret="guessed").status_code == 202
    run_all_jobs()
    assert not Delivery.objects.exists()
    assert not Entry.objects.filter(title="Piece 7").exists()


def test_a_push_that_cannot_be_read_is_kept_and_told(active, channel):
    push(active, b"<html>not a feed</html>")
    run_all_jobs()
    delivery = Delivery.objects.get()
    assert delivery.state == "refused"
    assert "web page" in delivery.trouble


def test_a_hub_that_misses_two_pieces_is_not_relied_on(active, channel, outlet_server, hub):
    for number in (2, 3):
        a_feed(outlet_server, hub, *range(number, 0, -1))
        check_channel(channel=channel, now=NOW + timedelta(hours=number))
        channel.refresh_from_db()
    active.refresh_from_db()
    assert (active.state, active.missed) == ("unreliable", 2)
    assert "did not tell us" in active.trouble
    assert not channel.is_pushed


def test_a_hub_that_tells_us_now_and_then_is_forgiven_one_miss(active, channel, outlet_server, hub):
    for number in (2, 4):
        a_feed(outlet_server, hub, *range(number, 0, -1))
        check_channel(channel=channel, now=NOW + timedelta(hours=number))
        push(active, a_feed(outlet_server, hub, *range(number + 1, 0, -1)))
        run_all_jobs()
        channel.refresh_from_db()
    active.refresh_from_db()
    assert active.state == "active"


def test_a_lease_that_ran_out_brings_the_usual_pace_back(active, channel, outlet_server, hub):
    Subscription.objects.update(lease_until=NOW)
    a_feed(outlet_server, hub, 2, 1)
    check_channel(channel=channel, now=NOW + timedelta(hours=1))
    channel.refresh_from_db()
    assert not channel.is_pushed
    active.refresh_from_db()
    assert active.missed == 0


def test_a_hub_that_says_no_is_told_and_asked_later(channel, hub):
    hub.status, hub.said = 403, b"not for you"
    ask_hubs(now=NOW)
    subscription = channel.subscription
    subscription.refresh_from_db()
    assert subscription.state == "refused"
    assert "403: not for you" in subscription.trouble
    assert subscription.ask_at > NOW
    hub.status = 202
    ask_hubs(now=NOW + timedelta(days=1))
    call_back(subscription, mode="denied", topic=subscription.topic, reason="closed")
    subscription.refresh_from_db()
    assert subscription.state == "refused"
    assert "closed" in subscription.trouble


def test_a_form_is_sent_on_only_where_it_stays_a_form_and_never_to_an_inner_network(channel, hub):
    hub.status, hub.location = 308, "http://10.0.0.1/hub"
    ask_hubs(now=NOW)
    subscription = channel.subscription
    subscription.refresh_from_db()
    assert "10.0.0.1" in subscription.trouble
    assert len(hub.asked) == 1


def test_no_hub_is_asked_where_none_could_reach_us(channel, hub, settings):
    settings.DATELINE_URL = "http://127.0.0.1:8001"
    assert not may_be_called()
    assert ask_hubs(now=NOW) == 0
    settings.DATELINE_URL = "https://digest.example"
    assert may_be_called()


def test_a_hub_that_cannot_be_told_a_secret_only_says_that_there_is_something_new(active, channel):
    Subscription.objects.update(hub="http://hub.example/")
    active.refresh_from_db()
    answer = Client().post(reverse("intake:websub", args=[active.token]), b"x", content_type="text/plain")
    assert answer.status_code == 202
    assert not Delivery.objects.exists()
    channel.refresh_from_db()
    assert channel.next_check_at < datetime.now(UTC) + timedelta(minutes=1)


def test_hubs_are_read_from_headers():
    headers = [
        ("Link", '</h>; rel="hub", <https://a.example/f>; rel=self'),
        ("link", "<javascript:x>; rel=hub"),
    ]
    assert hubs.links_of(headers, "hub", base="https://b.example/x") == ["https://b.example/h"]
    assert hubs.links_of(headers, "self", base="https://b.example/x") == ["https://a.example/f"]


@pytest.mark.parametrize(
    ("told", "days"), [("", 10), ("86400", 1), ("-5", 10), ("9999999999", 30), ("x" * 50, 10)]
)
def test_leases_are_bounded(told, days):
    assert hubs.lease_of(told) == timedelta(days=days)
