"""Every way by which intake reaches out, walked with hostile addresses: nothing leaves for an address that is not public.

Watched where it counts, at the socket. A way gets the address itself (typed, stored, listed), or meets it on the
way: a redirect, a link of a feed or a page, a list. `make test` walks some addresses of each kind, `make soak` all.
"""

import random
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

import pytest
from cast import NOW, a_channel, an_original, an_outlet
from django.db import transaction
from hostile_addresses import GOOD, HOSTILE, INNER_NAMES, PUBLIC_NAMES, corpus_addresses
from net_world import page
from soaking import SOAKING

from dateline.intake.actions import NotRead, check_channel, check_round, take_entry
from dateline.intake.actions.by_hand import take_address
from dateline.intake.actions.finding import look_around
from dateline.intake.actions.page_channels import lay_out
from dateline.intake.actions.parts import read_parts
from dateline.intake.actions.pushes import ask_hub, ask_hubs
from dateline.intake.actions.rechecking import recheck
from dateline.intake.actions.reserving import read_policy
from dateline.intake.actions.taking import take_again
from dateline.intake.models import Entry, Original
from dateline.lib.urls import NotAWebAddress, read
from dateline.net.addresses import is_public
from dateline.net.doors import guarded_door
from dateline.net.errors import FetchError
from dateline.net.turns import turn_name
from dateline.net.verdicts import PORTS
from dateline.sources.actions import AlreadyWatched, add_outlet
from dateline.sources.actions.importing import NotAList, NothingToWatch, add_list, bring_list, go_on_adding
from dateline.sources.actions.robots import permit_by_robots
from dateline.sources.finding import NoFeedFound
from dateline.sources.models import Channel, Host, Subscription

pytestmark = pytest.mark.django_db
# What a verb may say no with: all of it named, and in words for the desk.
REFUSALS = (FetchError, NotRead, NoFeedFound, NotAWebAddress, AlreadyWatched, NotAList, NothingToWatch)
RULES = {"xPathItem": "//article", "xPathItemTitle": ".//h2"}
TEXT = (
    "<p>The ferry across the lake will sail every hour from May, the harbour office said on Monday.</p>" * 6
)


@dataclass
class World:
    """What a way has at hand: a sound outlet's server on loopback that may be reached, and what was dialled besides."""

    server: object
    pages: dict = field(default_factory=dict)
    dialled: list = field(default_factory=list)

    def put(self, path, body="", *headers, status="200 OK", kind="text/html"):
        """Answer at `path` with this from now on; return its whole address."""
        self.pages[path] = page(
            body.encode(), f"Content-Type: {kind}; charset=utf-8", *headers, status=status
        )
        return self.server.url.rstrip("/") + path

    def passes_on(self, path, url, status="301 Moved Permanently"):
        """Pass on from `path` to an address; return the whole address that passes on."""
        return self.put(path, "", f"Location: {one_line(url)}", status=status)


def one_line(url):
    """Return an address as a header can carry it: a line has no breaks."""
    return url.replace("\r", "").replace("\n", "")


@pytest.fixture
def world(serve, monkeypatch, settings):
    pages = {}

    def talk(connection, head):
        path = head.split(" ", 2)[1] if " " in head else "/"
        connection.sendall(pages.get(path) or page(b"", status="404 Not Found"))

    world = World(serve(talk), pages)
    settings.DATELINE_NET_ALLOW = "{}:{}".format(*world.server.pair)
    settings.DATELINE_URL = "https://good.example"
    world.put("/robots.txt", "User-agent: *\nAllow: /\n", kind="text/plain")
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def note(self, address):
        if self.family not in (socket.AF_INET, socket.AF_INET6) or tuple(address[:2]) == world.server.pair:
            return connect(self, address)
        world.dialled.append(tuple(address[:2]))
        raise ConnectionRefusedError(111, "turned away by the test")

    def answers(host, port, *args, **words):
        known = PUBLIC_NAMES | INNER_NAMES
        if str(host).rstrip(".") in known:
            found = known[str(host).rstrip(".")]
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
                for one in found
            ]
        with suppress(OSError):
            if socket.inet_pton(socket.AF_INET6 if ":" in str(host) else socket.AF_INET, str(host)):
                return look_up(host, port, *args, **words)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket.socket, "connect", note)
    monkeypatch.setattr(socket, "getaddrinfo", answers)
    return world


def open_to_robots(url):
    """Let the rules of the host be known already, so that the page itself is what is asked."""
    with suppress(NotAWebAddress):
        later = NOW + timedelta(days=1)
        Host.objects.update_or_create(
            name=turn_name(read(url)), defaults={"robots_read_at": NOW, "robots_good_until": later}
        )


def channel(address, **fields):
    return a_channel(an_outlet(), address=address[:1000], next_check_at=NOW, **fields)


def entry(url, **fields):
    return Entry.objects.create(
        channel=channel("https://good.example/feed"),
        guid="1",
        url=url[:2000],
        title="Ferry",
        seen_at=NOW,
        **fields,
    )


def rss(links="", more=""):
    return f"<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Post</title>{more}{links}</channel></rss>"


def linked(url):
    return f"<item><title>Ferry</title><guid>1</guid><link>{escape(url)}</link></item>"


def article(head="", more=""):
    return f"<html lang=en><head><title>Ferry</title>{head}</head><body><article><h1>Ferry</h1>{TEXT}{more}</article></body></html>"


# The address itself


def feed_is_checked(url, world):
    check_channel(channel=channel(url), now=NOW)


def sitemap_is_checked(url, world):
    check_channel(channel=channel(url, kind=Channel.Kind.SITEMAP), now=NOW)


def page_is_checked(url, world):
    check_channel(channel=channel(url, kind=Channel.Kind.PAGE, rules=RULES), now=NOW)


def another_dateline_is_checked(url, world):
    check_channel(channel=channel(url, kind=Channel.Kind.DATELINE), now=NOW)


def round_asks(url, world):
    channel(url)
    check_round(clock=lambda: NOW)


def piece_is_taken(url, world):
    take_entry(entry=entry(url), now=NOW)


def piece_is_taken_where_robots_are_known(url, world):
    open_to_robots(url)
    take_entry(entry=entry(url), now=NOW)


def piece_is_taken_by_hand(url, world):
    take_address(url=url, by=None, now=NOW)


def site_is_looked_around(url, world):
    look_around(url, now=NOW)


def outlet_is_added(url, world):
    add_outlet(url=url, by=None, now=NOW)


def page_is_laid_out_for_the_picker(url, world):
    lay_out(address=url, by=None, now=NOW)


def page_is_laid_out_where_robots_are_known(url, world):
    open_to_robots(url)
    lay_out(address=url, by=None, now=NOW)


def policy_is_read(url, world):
    target = read(url)
    read_policy(origin=f"{target.scheme}://{target.authority}", now=NOW)


def robots_are_read(url, world):
    permit_by_robots(url, door=guarded_door(), now=NOW)


def hub_is_asked(url, world):
    asked = channel("https://good.example/feed")
    ask_hub(
        subscription=Subscription.objects.create(
            channel=asked, hub=url, topic=asked.address, token="t", secret="s"
        ),
        now=NOW,
    )


def piece_is_looked_at_again(url, world):
    open_to_robots(url)
    recheck(original=an_original(url=url, identity="x"), now=NOW)


def editor_takes_a_piece_again(url, world):
    open_to_robots(url)
    take_again(original=an_original(url=url, identity="x"), now=NOW)


def list_is_imported_and_checked(url, world):
    outline = f"<outline type='rss' text='Post' xmlUrl={quoteattr(url)} htmlUrl={quoteattr(url)}/>"
    brought = bring_list(
        content=f"<opml version='2.0'><body>{outline}</body></opml>".encode(), name="x", by=None, now=NOW
    )
    go_on_adding(brought=add_list(brought=brought, by=None, now=NOW), now=NOW)
    check_round(clock=lambda: NOW + timedelta(days=1))


# Met on the way


def feed_passes_on(url, world):
    for status in (
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ):
        check_channel(channel=channel(world.passes_on(f"/{status[:3]}", url, status)), now=NOW)


def round_is_passed_on(url, world):
    channel(world.passes_on("/feed", url))
    check_round(clock=lambda: NOW)


def page_passes_on(url, world):
    open_to_robots(url)
    take_entry(entry=entry(world.passes_on("/ferry", url)), now=NOW)


def robots_pass_on(url, world):
    world.passes_on("/robots.txt", url)
    take_entry(entry=entry(world.put("/ferry", article())), now=NOW)


def policy_passes_on(url, world):
    open_to_robots(url)
    world.passes_on("/.well-known/tdmrep.json", url)
    read_policy(origin=world.server.url.rstrip("/"), now=NOW)


def hub_passes_on(url, world):
    hub_is_asked(world.passes_on("/hub", url, "307 Temporary Redirect"), world)


def home_page_passes_on(url, world):
    look_around(world.passes_on("/", url), now=NOW)


def pointed_page_passes_on(url, world):
    open_to_robots(url)
    lay_out(address=world.passes_on("/", url), by=None, now=NOW)


def piece_has_moved(url, world):
    open_to_robots(url)
    recheck(original=an_original(url=world.passes_on("/ferry", url), identity="x"), now=NOW)


def feed_links_to_it(url, world):
    check_channel(channel=channel(world.put("/feed", rss(linked(url)), kind="application/rss+xml")), now=NOW)
    for found in Entry.objects.all():
        open_to_robots(found.url)
        take_entry(entry=found, now=NOW)


def feed_names_it_as_hub(url, world):
    links = f"<atom:link rel='hub' href={quoteattr(url)}/>"
    check_channel(channel=channel(world.put("/feed", rss(more=links), kind="application/rss+xml")), now=NOW)
    ask_hubs(now=NOW)


def header_names_it_as_hub(url, world):
    feed = world.put("/feed", rss(), f'Link: <{one_line(url)}>; rel="hub"', kind="application/rss+xml")
    check_channel(channel=channel(feed), now=NOW)
    ask_hubs(now=NOW)


def feed_names_it_as_itself(url, world):
    more = f"<atom:link rel='self' href={quoteattr(url)}/><link>{escape(url)}</link>"
    feed = channel(world.put("/feed", rss(more=more), kind="application/rss+xml"))
    check_channel(channel=feed, now=NOW)
    check_channel(channel=feed, now=NOW + timedelta(days=1))


def article_goes_on_there(url, world):
    rest = f"<link rel='next' href={quoteattr(url)}>"
    pager = f"<nav class=pager><a href={quoteattr(url)}>2</a> <a rel=next href={quoteattr(url)}>Next page</a></nav>"
    take_entry(entry=entry(world.put("/ferry", article(rest, pager))), now=NOW)


def page_two_passes_on(url, world):
    world.passes_on("/ferry?page=2", url)
    pager = "<nav class=pager><a href='/ferry?page=2'>Next page</a></nav>"
    take_entry(entry=entry(world.put("/ferry", article(more=pager))), now=NOW)


def page_calls_it_canonical(url, world):
    head = f"<base href={quoteattr(url)}><link rel=canonical href={quoteattr(url)}><meta property='og:url' content={quoteattr(url)}>"
    head += f"<link rel=amphtml href={quoteattr(url)}><meta property='og:image' content={quoteattr(url)}>"
    head += f"<meta http-equiv=refresh content={quoteattr('0;url=' + url)}><link rel=tdm-policy href={quoteattr(url)}>"
    more = f"<img src={quoteattr(url)} srcset={quoteattr(url + ' 2x')}><iframe src={quoteattr(url)}></iframe>"
    take_entry(entry=entry(world.put("/ferry", article(head, more))), now=NOW)
    for original in Original.objects.all():
        recheck(original=original, now=NOW + timedelta(days=1))


def home_page_names_it_as_feed(url, world):
    look_around(
        world.put(
            "/",
            f"<html><head><link rel=alternate type='application/rss+xml' href={quoteattr(url)}></head></html>",
        ),
        now=NOW,
    )


def home_page_links_to_it_as_feed(url, world):
    address = f"{url}{'&' if '?' in url else '?'}feed=rss"
    look_around(
        world.put("/", f"<html><body><a href={quoteattr(address)}>RSS feed</a></body></html>"), now=NOW
    )


def robots_name_it_as_sitemap(url, world):
    world.put("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {one_line(url)}\n", kind="text/plain")
    look_around(world.put("/", "<html><body>Home</body></html>"), now=NOW)


def index_names_it_as_sitemap(url, world):
    index = f"<sitemapindex><sitemap><loc>{escape(url)}</loc></sitemap></sitemapindex>"
    sitemap = world.put("/sitemap.xml", index, kind="text/xml")
    check_channel(channel=channel(sitemap, kind=Channel.Kind.SITEMAP), now=NOW)
    for found in Channel.objects.exclude(parts={}):
        read_parts(channel=found, now=NOW)
    look_around(sitemap, now=NOW)


def sitemap_names_it(url, world):
    sitemap = f"<urlset><url><loc>{escape(url)}</loc><lastmod>2026-03-14</lastmod></url></urlset>"
    check_channel(
        channel=channel(world.put("/s.xml", sitemap, kind="text/xml"), kind=Channel.Kind.SITEMAP), now=NOW
    )
    for found in Entry.objects.all():
        take_entry(entry=found, now=NOW)


def page_lists_it(url, world):
    listed = f"<html><body><article><h2>Ferry</h2><a href={quoteattr(url)}>more</a></article></body></html>"
    rules = {**RULES, "xPathItemUri": ".//a/@href"}
    check_channel(channel=channel(world.put("/", listed), kind=Channel.Kind.PAGE, rules=rules), now=NOW)
    for found in Entry.objects.all():
        open_to_robots(found.url)
        take_entry(entry=found, now=NOW)


TO_IT = (
    feed_is_checked, sitemap_is_checked, page_is_checked, another_dateline_is_checked, round_asks, piece_is_taken,
    piece_is_taken_where_robots_are_known, piece_is_taken_by_hand, site_is_looked_around, outlet_is_added,
    page_is_laid_out_for_the_picker, page_is_laid_out_where_robots_are_known, policy_is_read, robots_are_read, hub_is_asked,
    piece_is_looked_at_again, editor_takes_a_piece_again, list_is_imported_and_checked,
    feed_passes_on, round_is_passed_on, page_passes_on, robots_pass_on, policy_passes_on, hub_passes_on, home_page_passes_on,
    pointed_page_passes_on, piece_has_moved, feed_links_to_it, feed_names_it_as_hub, header_names_it_as_hub,
    home_page_names_it_as_feed, home_page_links_to_it_as_feed, robots_name_it_as_sitemap, index_names_it_as_sitemap, page_lists_it,
)  # fmt: skip
# These try a dozen places for each address.
LOOKING_AROUND = (
    home_page_names_it_as_feed, home_page_links_to_it_as_feed, robots_name_it_as_sitemap, index_names_it_as_sitemap,
)  # fmt: skip
# Where an address is read but nothing is asked of another host for it; a plain sitemap's only page is no piece.
NEVER_THERE = (
    feed_names_it_as_itself, article_goes_on_there, page_two_passes_on, page_calls_it_canonical, sitemap_names_it,
)  # fmt: skip


def walked(way, url, world):
    """Go one way with one address and undo what it wrote; return what was dialled besides the sound server."""
    world.dialled.clear()
    world.pages.clear()
    world.put("/robots.txt", "User-agent: *\nAllow: /\n", kind="text/plain")
    with transaction.atomic():
        with suppress(*REFUSALS):
            way(url, world)
        transaction.set_rollback(True)
    return list(world.dialled)


def is_allowed(host, port):
    """Whether a packet may go there: a public address, at a port of the web."""
    return is_public(host) and port in PORTS


def addresses(way):
    """Return the hostile and the good addresses for a way: some by chance, all in a soak."""
    hostile, good = corpus_addresses()
    hostile, good = [*HOSTILE, *hostile], [*GOOD, *good]
    chance = random.Random(way.__name__)
    few = 1 if way in LOOKING_AROUND else 2
    chosen = hostile if SOAKING else chance.sample(hostile, few)
    return list(dict.fromkeys(chosen)), list(dict.fromkeys(good if SOAKING else chance.sample(good, 1)))


@pytest.mark.soak
@pytest.mark.parametrize("way", [*TO_IT, *NEVER_THERE], ids=lambda way: way.__name__)
def test_no_way_leads_to_an_address_that_is_not_public(way, world):
    hostile, good = addresses(way)
    let_out = {
        url: dialled
        for url in hostile
        if (dialled := [one for one in walked(way, url, world) if not is_allowed(*one)])
    }
    assert let_out == {}
    if way in TO_IT:
        refused = [url for url in good if not walked(way, url, world)]
        assert refused == []
    assert world.server.heads or way in TO_IT


def test_the_watch_at_the_socket_is_awake(world):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", 9))
    assert world.dialled == [("127.0.0.1", 9)]
