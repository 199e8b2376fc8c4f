"""Letters from a mailbox to originals, and what the desk hears of mailboxes in trouble."""

from datetime import UTC, datetime, timedelta

import cast
import pytest
from imap_server import ImapServer, a_letter

from dateline.intake.actions import read_snapshot
from dateline.intake.actions.mailboxes import (
    NoSender,
    channel_of,
    claim_letters,
    look,
    read_letters_as,
    read_mailboxes,
)
from dateline.intake.models import Delivery, Entry, Mailbox, Original
from dateline.sources.models import Channel, Outlet
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
SENTENCE = "The ferry across the lake will sail every hour from the first of May, the harbour office said. "


@pytest.fixture
def server(settings):
    server = ImapServer()
    settings.DATELINE_MAILBOXES = ((server.address, server.password),)
    yield server
    server.close()


@pytest.fixture
def post():
    return Outlet.objects.create(
        name="Lakeside Post", slug="post", home_url="https://post.example/", language="en"
    )


@pytest.fixture
def newsletter(post):
    return Channel.objects.create(
        outlet=post, kind="mailbox", address="mailbox:news@post.example", next_check_at=NOW
    )


def piece(subject="The ferry sails again", text=SENTENCE * 5, **words):
    return a_letter(subject, html=f"<html lang='en'><body><p>{text}</p><p>{text}</p></body></html>", **words)


def listing(urls, **words):
    items = "".join(f'<h2><a href="{url}">{title}</a></h2><p>In short.</p>' for url, title in urls)
    return a_letter("This week at the lake", html=items, **words)


def test_a_letter_that_is_a_piece_becomes_an_original_with_the_letter_as_its_proof(server, newsletter, post):
    content = piece()
    server.put(content)
    assert read_mailboxes(now=NOW) == 1
    run_all_jobs()
    original = Original.objects.get()
    assert (original.outlet, original.headline, original.language) == (post, "The ferry sails again", "en")
    assert original.url == "https://post.example/"
    assert original.identity.startswith("urn:dateline:")
    assert original.body_text.startswith("The ferry across the lake")
    snapshot = original.snapshots.get()
    assert snapshot.was_brought
    assert snapshot.url.startswith("mid:")
    assert read_snapshot(snapshot) == content
    newsletter.refresh_from_db()
    assert newsletter.last_new_at is not None
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.pieces, delivery.new) == ("read", 1, 1)
    assert "Read as one piece" in delivery.remarks


def test_two_letters_of_one_outlet_are_two_originals(server, newsletter):
    server.put(
        piece("Monday's letter", "Monday was calm on the lake, and boats sailed as the table says. " * 6)
    )
    server.put(
        piece("Tuesday's letter", "Tuesday brought a storm that kept all the boats in the harbour. " * 6)
    )
    read_mailboxes(now=NOW)
    run_all_jobs()
    assert sorted(Original.objects.values_list("headline", flat=True)) == [
        "Monday's letter",
        "Tuesday's letter",
    ]


def test_a_letter_that_lists_pieces_leads_to_their_pages(server, newsletter, outlet_server, ferry_page):
    urls = [
        (
            outlet_server.put(f"/{n}", ferry_page(f"Ferry number {n} sails every hour")),
            f"Ferry number {n} sails every hour",
        )
        for n in range(5)
    ]
    server.put(listing(urls))
    read_mailboxes(now=NOW)
    run_all_jobs()
    assert Original.objects.count() == 5
    assert set(Original.objects.values_list("url", flat=True)) == {url for url, _title in urls}
    assert "a list of pieces" in Delivery.objects.get().remarks


def test_how_a_senders_letters_are_read_is_the_desks_to_say(server, newsletter):
    server.put(piece())
    read_mailboxes(now=NOW)
    run_all_jobs()
    read_letters_as(delivery=Delivery.objects.get(), letter="links", by=cast.vera(), now=NOW)
    run_all_jobs()
    delivery = Delivery.objects.get()
    assert delivery.state == "read"
    assert "as the channel says" in delivery.remarks
    assert Entry.objects.count() == 1


def test_a_list_is_known_before_a_sender_and_a_sender_before_a_host(post):
    def channel(address):
        return Channel.objects.create(outlet=post, kind="mailbox", address=address, next_check_at=NOW)

    by_host = channel("mailbox:@post.example")
    assert channel_of(sender="a@post.example", list_id="l.post.example") == by_host
    by_sender = channel("mailbox:a@post.example")
    assert channel_of(sender="a@post.example", list_id="l.post.example") == by_sender
    by_list = channel("mailbox:list:l.post.example")
    assert channel_of(sender="a@post.example", list_id="l.post.example") == by_list
    assert channel_of(sender="b@other.example", list_id="") is None
    assert channel_of(sender="", list_id="") is None


def test_letters_of_strangers_wait_until_somebody_says_whose_they_are(server, post):
    server.put(piece("One", sender="Courier <c@courier.example>", headers="List-Id: <n.courier.example>\r\n"))
    server.put(piece("Two", sender="other@mailer.example", headers="List-Id: <n.courier.example>\r\n"))
    server.put(piece("Three", sender="x@elsewhere.example"))
    read_mailboxes(now=NOW)
    run_all_jobs()
    assert not Original.objects.exists()
    strangers = Delivery.objects.unclaimed()
    assert {one.name for one in strangers} == {"One", "Two", "Three"}
    claim_letters(delivery=strangers.get(name="One"), outlet=post, by=cast.vera(), now=NOW)
    run_all_jobs()
    assert set(Original.objects.values_list("headline", flat=True)) == {"One", "Two"}
    server.put(
        piece(
            "Four",
            text="Another week at the lake, with other news of boats. " * 6,
            headers="List-Id: <n.courier.example>\r\n",
        )
    )
    read_mailboxes(now=NOW)
    run_all_jobs()
    assert Original.objects.filter(headline="Four", outlet=post).exists()


def test_a_letter_without_sender_cannot_be_claimed(post):
    delivery = Delivery.objects.create(
        kind="letter", state="unclaimed", received_at=NOW, sha256="0" * 64, size=1
    )
    with pytest.raises(NoSender, match="no sender"):
        claim_letters(delivery=delivery, outlet=post, by=None, now=NOW)


def test_nothing_is_fetched_twice_and_what_came_twice_is_one(server, newsletter):
    server.put(piece())
    read_mailboxes(now=NOW)
    server.put(piece())
    server.commands.clear()
    assert read_mailboxes(now=NOW) == 0
    assert not any("UID FETCH 1 " in command for command in server.commands)
    server.folder.validity += 1
    assert read_mailboxes(now=NOW) == 0
    run_all_jobs()
    assert Delivery.objects.count() == 1


def test_a_mailbox_that_hangs_up_in_the_middle_goes_on_behind_the_last_that_was_kept(server, newsletter):
    server.put(piece("Letter 0"))
    read_mailboxes(now=NOW)
    server.put(piece("Letter 1"))
    server.put(piece("Letter 2"))
    server.hangs_up_at = 3
    assert read_mailboxes(now=NOW) == 1
    assert "hung up" in Mailbox.objects.get().trouble
    server.hangs_up_at = 0
    server.commands.clear()
    assert read_mailboxes(now=NOW + timedelta(hours=7)) == 1
    assert not any("UID FETCH 2 " in command for command in server.commands)
    assert Delivery.objects.count() == 3


def test_trouble_is_told_in_words_without_the_password_and_tried_less_and_less_often(server, newsletter):
    server.trouble = "expired"
    assert read_mailboxes(now=NOW) == 0
    row = Mailbox.objects.get()
    assert "password may have expired" in row.trouble
    assert server.password not in row.trouble
    assert row.trouble_since == NOW
    commands = len(server.commands)
    read_mailboxes(now=NOW + timedelta(minutes=1))
    assert len(server.commands) == commands
    later = NOW + timedelta(minutes=10)
    read_mailboxes(now=later)
    row.refresh_from_db()
    assert (row.failures, row.trouble_since) == (2, NOW)
    assert row.next_read_at > later + timedelta(minutes=5)
    server.trouble = ""
    server.put(piece())
    assert look(address=server.address, password=server.password, now=later).letters == 1
    row.refresh_from_db()
    assert (row.trouble, row.failures) == ("", 0)


def test_a_mailbox_of_the_settings_that_cannot_be_used_says_how_it_must_look(settings):
    settings.DATELINE_MAILBOXES = (("imaps://host/INBOX", "p"),)
    read_mailboxes(now=NOW)
    assert "must look like imaps://user@host/INBOX" in Mailbox.objects.get().trouble


def test_a_letter_that_is_a_trap_is_refused_in_words_and_the_others_are_read(server, newsletter):
    server.put(a_letter("Trap", html="<div>" * 100_000))
    server.put(piece())
    read_mailboxes(now=NOW)
    run_all_jobs()
    refused = Delivery.objects.get(state="refused")
    assert "hang a reader" in refused.trouble
    assert Original.objects.count() == 1
