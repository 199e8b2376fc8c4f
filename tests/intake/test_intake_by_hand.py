"""Pieces taken by hand, and pieces of another digest with who published them first."""

from datetime import UTC, datetime

import cast
import pytest

from dateline.intake.actions import check_channel, read_snapshot
from dateline.intake.actions.by_hand import (
    AlreadyTaken,
    NoOutlet,
    Pasted,
    outlet_at,
    take_address,
    take_text,
)
from dateline.intake.actions.digests import read_as_digest
from dateline.intake.channels import parse
from dateline.intake.models import Entry, Original, Particulars
from dateline.lib.formats import rss
from dateline.lib.urls import NotAWebAddress
from dateline.sources.models import Outlet
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEXT = "The ferry across the lake will sail every hour from the first of May, the harbour office said on Monday. "


def by_hand(url, **words):
    return take_address(url=url, by=cast.vera(), now=NOW, **words)


def test_a_piece_is_fetched_at_once_and_its_outlet_is_known_by_its_host(outlet_server, ferry_page):
    home = Outlet.objects.create(name="Lakeside Post", slug="post", home_url=outlet_server.address + "/")
    entry = by_hand(outlet_server.put("/ferry", ferry_page()))
    original = Original.objects.get()
    assert (entry.state, entry.original, original.outlet) == ("taken", original, home)
    assert entry.channel.kind == "hand"
    run_all_jobs()
    assert len(outlet_server.asked_for("/ferry")) == 1


def test_an_outlet_is_made_on_the_spot(outlet_server, ferry_page):
    by_hand(outlet_server.put("/ferry", ferry_page()), outlet_name="The Lakeside Post")
    outlet = Outlet.objects.get()
    assert (outlet.name, outlet.home_url) == ("The Lakeside Post", outlet_server.address + "/")
    by_hand(outlet_server.put("/other", ferry_page("Another piece about the boats of the lake")))
    assert Outlet.objects.count() == 1
    assert Original.objects.count() == 2


def test_what_we_have_is_told_with_it(outlet_server, ferry_page):
    url = outlet_server.put("/ferry", ferry_page())
    by_hand(url)
    with pytest.raises(AlreadyTaken, match="Ferry to sail") as told:
        by_hand(url + "?utm_source=x")
    assert told.value.original == Original.objects.get()
    assert len(outlet_server.asked_for("/ferry")) == 1


def test_what_went_wrong_is_on_the_entry_and_can_be_tried_again(outlet_server, ferry_page):
    url = outlet_server.put("/ferry", b"", status=503)
    assert "in trouble itself" in by_hand(url).trouble
    outlet_server.put("/ferry", ferry_page())
    assert by_hand(url).state == "taken"
    assert Entry.objects.count() == 1
    with pytest.raises(NotAWebAddress):
        by_hand("javascript:alert(1)")


def test_a_pasted_text_of_a_closed_page_has_the_pages_address(outlet_server):
    pasted = Pasted(
        headline="Closed", text=TEXT * 5, url="https://closed.example/a", language="en", author="Jo Lind"
    )
    take_text(pasted=pasted, by=None, now=NOW)
    original = Original.objects.get()
    assert (original.url, original.author_names) == ("https://closed.example/a", ["Jo Lind"])
    assert original.outlet.home_url == "https://closed.example/"
    assert b"harbour office" in read_snapshot(original.snapshots.get())
    assert not Job.objects.filter(task="intake.take_entry").exists()
    assert not outlet_server.asked


def test_markup_in_a_pasted_text_is_text():
    outlet = cast.an_outlet()
    take_text(
        pasted=Pasted(headline="x <b>", text=f"<script>alert(1)</script> {TEXT * 4}"),
        by=None,
        now=NOW,
        outlet=outlet,
    )
    original = Original.objects.get()
    assert "<script>" in original.body_text
    assert "<script>" not in original.body_html


def test_a_text_of_nobody_is_not_taken():
    with pytest.raises(NoOutlet):
        take_text(pasted=Pasted(headline="x", text=TEXT), by=None, now=NOW)


def test_outlets_are_known_by_host_with_and_without_its_twins_and_never_by_a_likeness():
    outlet = Outlet.objects.create(name="Post", slug="post", home_url="https://www.post.example/")
    for url in ("https://post.example/1", "https://m.post.example/1", "http://news.post.example/"):
        assert outlet_at(url) == outlet
    for url in ("https://notpost.example/", "https://post.example.evil.example/", "nonsense://x"):
        assert outlet_at(url) is None


def digest_feed(server, **fields):
    entry = rss.Entry(
        href=f"{server.address}/ferry",
        guid=f"{server.address}/ferry",
        title="Ferry to sail every hour from May",
        published_at=NOW,
        language="en",
        source=("Harbour Courier", "https://courier.example/"),
        via="https://courier.example/le-bac",
        **fields,
    )
    own = rss.Entry(
        href=f"{server.address}/own", guid="own", title="Our own view", published_at=NOW, language="en"
    )
    feed = rss.Feed(
        href=f"{server.address}/feed",
        page=server.address,
        title="Digest",
        summary="",
        language="en",
        entries=(entry, own),
    )
    return rss.write(feed)


def test_a_piece_of_another_digest_is_its_page_and_keeps_who_published_it_first(outlet_server, ferry_page):
    outlet_server.put("/feed", digest_feed(outlet_server), content_type="application/rss+xml")
    outlet_server.put("/ferry", ferry_page())
    channel = cast.a_channel(address=outlet_server.address + "/feed", next_check_at=NOW)
    read_as_digest(channel=channel, is_digest=True, by=None, now=NOW)
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    original = Original.objects.get()
    assert original.url == f"{outlet_server.address}/ferry"
    told = Particulars.objects.get()
    assert told.entry.original == original
    assert (told.via_name, told.via_url) == ("Harbour Courier", "https://courier.example/le-bac")


def test_a_digest_in_atom_names_its_originals_too():
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><id>x</id><entry><id>urn:1</id><title>T</title>
    <link href="https://d.example/1"/><link rel="via" href="https://c.example/1"/><updated>2026-03-01T00:00:00Z</updated>
    <source><id>y</id><title>Courier</title></source></entry><entry><id>urn:2</id><title>U</title>
    <link href="https://d.example/2"/><link rel="via" href="https://d.example/2"/></entry></feed>"""
    one, two = parse("dateline", feed, url="https://d.example/feed", rules={}).entries
    assert (one.via_url, one.via_name) == ("https://c.example/1", "Courier")
    assert (two.via_url, two.via_name) == ("", "")
    assert not any(
        entry.via_url for entry in parse("feed", feed, url="https://d.example/feed", rules={}).entries
    )
