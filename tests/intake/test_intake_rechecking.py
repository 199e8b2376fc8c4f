"""Pieces are looked at again, against a real server on loopback: what changed, moved, closed or went is entered once."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.intake import keepers
from dateline.intake.actions import check_channel
from dateline.intake.actions.changed import original_changed
from dateline.intake.actions.rechecking import enqueue_due, lay_watches, recheck, watch_longer
from dateline.intake.changes_told import Kind
from dateline.intake.keepers import Ground
from dateline.intake.models import Change, Original, Snapshot, Watch
from dateline.sources.models import Channel, Outlet
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def outlet():
    return Outlet.objects.create(
        name="Lakeside Post", slug="post", home_url="https://post.example/", language="en"
    )


@pytest.fixture
def ferry(outlet_server, outlet, ferry_page):
    """Return the original of a page about the ferry, taken at NOW."""
    url = outlet_server.put("/news/ferry", ferry_page(), ETag='"one"')
    outlet_server.put_feed("/feed", [(url, "Ferry to sail every hour from May", "")])
    channel = Channel.objects.create(
        outlet=outlet, address=outlet_server.address + "/feed", next_check_at=NOW
    )
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    return Original.objects.get()


@pytest.fixture
def look(ferry):
    """Return how to look at the ferry again so many hours after it was taken."""

    def at(hours):
        return recheck(original=ferry, now=ferry.taken_at + hours * HOUR)

    return at


def test_a_piece_is_watched_from_the_start_and_looked_at_less_and_less(ferry, look):
    watch = ferry.watch
    assert HOUR <= watch.next_look_at - ferry.taken_at <= 1.1 * HOUR
    assert look(2).words == "the same"
    watch.refresh_from_db()
    assert watch.next_look_at - ferry.taken_at >= 3 * HOUR
    assert (watch.looks, watch.etag) == (1, '"one"')


def test_the_second_look_asks_with_the_validator_and_reads_nothing(outlet_server, look):
    look(2)
    assert look(4).words == "not modified"
    assert outlet_server.asked_for("/news/ferry")[-1]["If-None-Match"] == '"one"'
    assert Snapshot.objects.count() == 1


def test_a_correction_is_entered_with_both_snapshots_and_told_once(outlet_server, ferry, look, ferry_page):
    heard = []

    def hear(change, **_signal):
        heard.append(change)

    original_changed.connect(hear)
    try:
        outlet_server.put("/news/ferry", ferry_page(more=["Correction: the first boat leaves at six."]))
        change = look(2).change
        assert look(4).change is None
    finally:
        original_changed.disconnect(hear)
    assert heard == [change]
    assert change.kind == Kind.CORRECTION
    assert (change.before, change.after) == tuple(ferry.snapshots.order_by("pk"))
    assert "the first boat leaves at six" in change.summary[0]
    assert any(passage["op"] == "added" for passage in change.passages)


def test_what_has_changed_is_looked_at_again_soon(outlet_server, ferry, look, ferry_page):
    outlet_server.put(
        "/news/ferry", ferry_page(more=["The union called it an insult and will vote on a strike."])
    )
    assert look(20).change.kind == Kind.UPDATE
    ferry.watch.refresh_from_db()
    assert ferry.watch.next_look_at == ferry.taken_at + 23 * HOUR


def test_noise_is_no_change_and_is_compared_once(outlet_server, ferry, look, ferry_page):
    outlet_server.put(
        "/news/ferry", ferry_page(more=["Read also: The bridge that nobody wanted is open at last."])
    )
    assert look(2).change is None
    assert look(4).change is None
    assert (Snapshot.objects.count(), Change.objects.count()) == (1, 0)


def test_a_missing_page_is_a_change_when_it_is_missing_twice_and_once_only(outlet_server, ferry, look):
    outlet_server.put("/news/ferry", "nothing here", status=404)
    assert look(2).change is None
    ferry.watch.refresh_from_db()
    assert ferry.watch.next_look_at == ferry.taken_at + 3 * HOUR
    change = look(3).change
    assert (change.kind, change.after) == (Kind.REMOVED, None)
    assert "404" in change.summary[0]
    assert look(5).change is None
    assert Change.objects.count() == 1


def test_a_page_that_was_missing_once_and_came_back_is_no_change(outlet_server, look, ferry_page):
    outlet_server.put("/news/ferry", "nothing here", status=404)
    look(2)
    outlet_server.put("/news/ferry", ferry_page())
    look(3)
    outlet_server.put("/news/ferry", "nothing here", status=404)
    assert look(4).change is None


def test_a_page_that_is_gone_for_good_is_believed_at_once(outlet_server, look):
    outlet_server.put("/news/ferry", "gone", status=410)
    assert look(2).change.kind == Kind.REMOVED


def test_a_notice_in_the_place_of_the_piece_is_a_removal(outlet_server, look):
    outlet_server.put(
        "/news/ferry", "<html><head><title>Page not found</title></head><body><p>Sorry.</p></body></html>"
    )
    look(2)
    change = look(3).change
    assert change.kind == Kind.REMOVED
    assert "page not found" in change.summary[0]


def test_a_piece_that_leads_to_the_front_page_is_removed(outlet_server, look, ferry_page):
    outlet_server.put("/", ferry_page("The Lakeside Post"))
    outlet_server.put("/news/ferry", b"", status=302, Location="/")
    look(2)
    assert look(3).change.kind == Kind.REMOVED


def test_a_piece_with_a_new_address_and_the_same_text_has_moved(outlet_server, look, ferry_page):
    new = outlet_server.put("/2026/ferry.html", ferry_page())
    outlet_server.put("/news/ferry", b"", status=301, Location="/2026/ferry.html")
    change = look(2).change
    assert change.kind == Kind.MOVED
    assert new in change.summary[0]
    assert look(4).change is None


def test_a_piece_that_is_closed_behind_payment_says_so(outlet_server, look):
    outlet_server.put("/news/ferry", "pay", status=402)
    look(2)
    assert look(3).change.kind == Kind.PAYWALLED


def test_a_servers_own_trouble_says_nothing_of_the_piece(outlet_server, ferry, look):
    outlet_server.put("/news/ferry", "broken", status=503, Retry_After="90000")
    for hours in (2, 4, 6):
        assert look(hours).change is None
    ferry.watch.refresh_from_db()
    assert "503" in ferry.watch.trouble
    assert ferry.watch.next_look_at >= ferry.taken_at + timedelta(seconds=90000)
    assert Change.objects.count() == 0


def test_the_schedule_looks_at_what_is_due_and_at_few_of_an_outlet_at_a_time(ferry):
    Watch.objects.update(next_look_at=NOW)
    assert enqueue_due(now=NOW + HOUR) == 1
    assert enqueue_due(now=NOW - HOUR) == 0
    assert Job.objects.filter(task="intake.recheck").count() == 1
    for number in range(8):
        piece = Original(
            outlet=ferry.outlet, url=f"https://post.example/{number}", identity=f"https://post.example/{number}",
            headline="A", language="en", taken_at=NOW, body_html="<p>a</p>", body_text="a",
        )  # fmt: skip
        piece.save()
        Watch.objects.create(original=piece, next_look_at=NOW)
    assert enqueue_due(now=NOW + HOUR) == 5


def test_what_was_taken_before_there_were_watches_gets_one(ferry):
    Watch.objects.all().delete()
    assert lay_watches(now=ferry.taken_at + HOUR) == 1
    assert lay_watches(now=ferry.taken_at + HOUR) == 0


def test_what_readers_see_is_taken_up_again(ferry):
    Watch.objects.update(next_look_at=None)
    before = dict(keepers._keepers)
    keepers.sign_in("articles", lambda asked: {pk: Ground(reason="out", is_public=True) for pk in asked})
    try:
        assert watch_longer(now=ferry.taken_at + 31 * 24 * HOUR) == 1
    finally:
        keepers._keepers.clear()
        keepers._keepers.update(before)
    ferry.watch.refresh_from_db()
    assert ferry.watch.next_look_at > ferry.taken_at + 31 * 24 * HOUR


def test_what_did_not_come_from_the_web_is_not_asked_for(outlet_server, ferry):
    letter = Original(
        outlet=ferry.outlet, url="mid:1@post.example", identity="mid:1@post.example", headline="A letter",
        language="en", taken_at=NOW, body_html="<p>a</p>", body_text="a",
    )  # fmt: skip
    letter.save()
    asked = len(outlet_server.asked)
    assert recheck(original=letter, now=NOW).words == "nothing to look at on the web"
    assert len(outlet_server.asked) == asked
    assert letter.watch.next_look_at is None


def test_a_piece_on_two_pages_that_stayed_as_it_was_is_no_change(outlet_server, outlet, ferry_page):
    more = ["At the quay the harbour master keeps the list of those who wait, and reads it aloud at noon."]
    outlet_server.put("/news/long-page-2.html", ferry_page(more=more))
    first = ferry_page(head='<link rel="next" href="/news/long-page-2.html">')
    url = outlet_server.put("/news/long.html", first)
    outlet_server.put_feed("/feed", [(url, "Ferry to sail every hour from May", "")])
    channel = Channel.objects.create(
        outlet=outlet, address=outlet_server.address + "/feed", next_check_at=NOW
    )
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    original = Original.objects.get()
    assert original.snapshots.get().further.count() == 1
    assert recheck(original=original, now=original.taken_at + 2 * HOUR).words == "the same"


def test_a_second_page_that_fails_at_a_look_is_trouble_and_no_change(outlet_server, outlet, ferry_page):
    more = ["At the quay the harbour master keeps the list of those who wait, and reads it aloud at noon."]
    second = outlet_server.put("/news/long-page-2.html", ferry_page(more=more))
    url = outlet_server.put(
        "/news/long.html", ferry_page(head='<link rel="next" href="/news/long-page-2.html">')
    )
    outlet_server.put_feed("/feed", [(url, "Ferry to sail every hour from May", "")])
    channel = Channel.objects.create(
        outlet=outlet, address=outlet_server.address + "/feed", next_check_at=NOW
    )
    check_channel(channel=channel, now=NOW)
    run_all_jobs()
    original = Original.objects.get()
    outlet_server.put("/news/long-page-2.html", "the server is ill", status=503)
    assert (
        "Page 2 of the article could not be read"
        in recheck(original=original, now=original.taken_at + 2 * HOUR).words
    )
    assert (Change.objects.count(), original.snapshots.count()) == (0, 1)
    assert second in original.watch.trouble
    outlet_server.put("/news/long-page-2.html", ferry_page(more=more))
    assert recheck(original=original, now=original.taken_at + 9 * HOUR).words == "the same"


def test_what_a_page_says_of_a_retraction_is_quoted_from_the_start_of_its_sentence(outlet_server, look):
    said = "After doubts about the extraordinarily thorough timetable that it described in so many words, this article has been retracted. We are sorry."
    outlet_server.put("/news/ferry", f"<html><body><p>Home! {said}</p></body></html>")
    look(2), look(30)
    [change] = Change.objects.all()
    assert change.kind == Kind.RETRACTION
    words = change.facts[0]["words"]
    assert f" {words}"[:-1].strip(".…").strip() in f" home! {said.lower()}"
    assert words.split()[0] in said.lower().split()
