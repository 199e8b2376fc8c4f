"""From a closed edition to letters in a mailbox: once each, to the right people, and what nobody knows is listed."""

import email
import email.policy
from collections import Counter
from datetime import timedelta

import cast
import pytest
from letters_world import NOW, a_letter, a_reader, an_edition, closed, readers
from mail_sink import GOOD, mail_sink, settings_for

from dateline.articles.models import Article
from dateline.editions import letter_states as states
from dateline.editions.actions import releasing, sending
from dateline.editions.models import (
    Delivery,
    Edition,
    Issue,
    Subscription,
    Suppression,
)
from dateline.editions.queries.letters import counts
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs


@pytest.fixture
def site(db, settings):
    settings.DATELINE_URL = "https://digest.example"
    settings.SECURE_SSL_REDIRECT = False
    return cast.an_identity(email="desk@digest.example")


@pytest.fixture
def sink(settings):
    with mail_sink() as held:
        for name, value in settings_for(held).items():
            setattr(settings, name, value)
        yield held


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Hands()


def issue_of(edition, *, now=NOW):
    """Return the issue of an edition with its readers written down."""
    issue = Issue.objects.get(edition=edition, corrects=None)
    releasing.write_down_readers(issue_id=issue.pk, now=now)
    Job.objects.all().delete()
    return Issue.objects.get(pk=issue.pk)


def out(*, many=3, now=NOW, **fields):
    """Close an edition with so many readers and return its issue."""
    readers(many, a_letter("en"), **fields)
    return issue_of(closed(an_edition("en"), now=now), now=now)


def send_all(clock, *, turns=40):
    """Take turns until nothing is due."""
    for _turn in range(turns):
        turn = sending.send_due(now=clock, seconds=60)
        if turn.again_at is None or turn.again_at > clock():
            return turn
    raise AssertionError("there is always something due")


def read(letter):
    return email.message_from_bytes(letter.content, policy=email.policy.default)


def body(message, subtype):
    return next(part.get_content() for part in message.walk() if part.get_content_type() == f"text/{subtype}")


# Once each


def test_each_reader_gets_the_edition_once_in_one_conversation(site, sink, clock):
    issue = out(many=5)
    send_all(clock)
    assert sink.to() == sorted(Subscription.objects.values_list("email", flat=True))
    assert sink.connections == 1
    assert counts(Issue.objects.get(pk=issue.pk))["done"] == 5
    issue.refresh_from_db()
    assert (issue.state, issue.trouble) == ("sent", "")
    assert issue.edition.state == "sent" or Edition.objects.get().state == "sent"
    send_all(clock)
    releasing.release(edition=Edition.objects.get(), now=NOW)
    run_all_jobs()
    assert max(Counter(sink.to()).values()) == 1


def test_a_letter_says_what_the_edition_says_and_whose_it_is(site, sink, clock):
    out(many=1)
    send_all(clock)
    message = read(sink.taken[0])
    text, html = body(message, "plain"), body(message, "html")
    assert message.defects == []
    assert message["Subject"] == "Tideway en: The ferry sails again (en)"
    assert message["From"] == "Tideway en <desk@digest.example>"
    assert str(message["To"]) == sink.to()[0] == sink.taken[0].to
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == '"Tideway en: Daily letter" <daily.en.digest.example>'
    assert message["List-Archive"].startswith("<https://digest.example/en/edition/2026/03/14/1/")
    assert message["Precedence"] == "bulk"
    assert "Auto-Submitted" not in message
    stop = message["List-Unsubscribe"].strip("<>")
    assert stop.startswith("https://digest.example/-/letters/stop/")
    for said in (text, html):
        assert "The ferry sails again (en)" in said
        for article in Article.objects.all():
            assert f"https://digest.example{article.get_absolute_url()}" in said
        assert stop in said
        assert "By courtesy of the Harbour Courier" in said
        assert "Harbour Courier" in said
        assert ".invalid" not in said
    assert "A bridge &amp; a tide &lt;en&gt;" in html
    assert "A bridge & a tide <en>" in text
    assert "<img" not in html
    assert len(sink.taken[0].content) < 60 * 1024


def test_the_same_reader_and_issue_have_one_message_id(site, sink, clock):
    out(many=2)
    send_all(clock)
    first = {one.to: read(one)["Message-ID"] for one in sink.taken}
    assert len(set(first.values())) == 2
    row = Delivery.objects.first()
    Delivery.objects.filter(pk=row.pk).update(state=states.UNKNOWN)
    row.refresh_from_db()
    releasing.send_again(delivery=row, by=cast.vera(), now=NOW)
    send_all(clock)
    assert len(sink.taken) == 3
    assert read(sink.taken[2])["Message-ID"] == first[sink.taken[2].to]


# A server that misbehaves

# play: (where it stands after the first turns, letters whose end arrived)
PLAYS = {
    "rcpt-4": ("waiting", 0),
    "data-4": ("waiting", 0),
    "after-4": ("waiting", 0),
    "rcpt-421": ("waiting", 0),
    "after-421": ("waiting", 0),
    "dies-at-rcpt": ("waiting", 0),
    "dies-at-data": ("waiting", 0),
    "stalls-at-rcpt": ("waiting", 0),
    "dies-in-body": ("unknown", 0),
    "dies-after": ("unknown", 1),
    "stalls-after": ("unknown", 1),
    "rcpt-5": ("refused", 0),
    "rcpt-5-bare": ("refused", 0),
    "rcpt-5-policy": ("refused", 0),
    "rcpt-5-full": ("refused", 0),
    "data-5": ("refused", 0),
    "after-5": ("refused", 0),
}
STOPS = {"rcpt-5", "rcpt-5-bare"}


def test_whatever_the_server_does_nobody_gets_it_twice_and_nobody_is_forgotten(site, sink, clock, settings):
    settings.EMAIL_TIMEOUT = settings.DATELINE_MAIL_ANSWER_SECONDS = 0.3
    odd = {play: a_reader(f"{play}@odd.example.org") for play in PLAYS}
    issue = out(many=len(PLAYS) + 1)
    by_address = {reader.email: play for play, reader in odd.items()}
    # A conversation that breaks is begun once more by itself, so a play that breaks it plays twice.
    sink.play = lambda to, times: by_address[to] if to in by_address and times < 2 else GOOD
    # One in good health after each of them: three breaks in a row would be the server's.
    rows = Delivery.objects.filter(issue=issue)
    for place, row in enumerate(rows.filter(domain="odd.example.org")):
        rows.filter(pk=row.pk).update(due_at=NOW - timedelta(minutes=60 - 2 * place))
    for place, row in enumerate(rows.exclude(domain="odd.example.org")):
        rows.filter(pk=row.pk).update(due_at=NOW - timedelta(minutes=61 - 2 * place))
    send_all(clock)
    stands = {play: rows.get(subscription=reader).state for play, reader in odd.items()}
    arrived = {play: sink.many[reader.email] for play, reader in odd.items()}
    assert stands == {play: state for play, (state, _many) in PLAYS.items()}
    assert arrived == {play: many for play, (_state, many) in PLAYS.items()}
    assert {
        play for play, one in odd.items() if Subscription.objects.get(pk=one.pk).state == "refused"
    } == STOPS
    assert Suppression.objects.count() == len(STOPS)
    assert all(row.said for row in rows.in_state("unknown", "refused"))
    for _hour in range(3):
        clock.at += timedelta(hours=2)
        send_all(clock)
    waited = {odd[play].email for play, (state, _many) in PLAYS.items() if state == "waiting"}
    assert {address for address in waited if sink.many[address] != 1} == set()
    assert max(sink.many.values()) == 1
    assert counts(issue)["unknown"] == 3
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_a_server_that_is_not_there_costs_nobody_anything(site, sink, clock, settings):
    issue = out(many=3)
    settings.EMAIL_PORT = 1
    for _hour in range(12):
        sending.send_due(now=clock)
        clock.at += timedelta(hours=1)
    issue.refresh_from_db()
    assert "127.0.0.1:1" in issue.trouble
    assert issue.state == "sending"
    assert counts(issue)["waiting"] == 3
    settings.EMAIL_PORT = sink.port
    send_all(clock)
    issue.refresh_from_db()
    assert (issue.state, issue.trouble, len(sink.taken)) == ("sent", "", 3)


def test_where_every_address_is_refused_nobody_is_stopped_and_a_person_is_asked(site, sink, clock):
    issue = out(many=30)
    sink.play = lambda to, _times: "rcpt-5-bare" if "reader" in to else GOOD
    send_all(clock)
    issue.refresh_from_db()
    assert issue.state == "paused"
    assert "refuses every address" in issue.trouble
    assert counts(issue)["waiting"] == 30
    assert not Subscription.objects.filter(state="refused").exists()
    sink.play = lambda _to, _times: GOOD
    releasing.resume(issue=issue, by=cast.vera(), now=NOW)
    send_all(clock)
    assert len(sink.taken) == 30


def test_a_sender_that_is_not_welcome_pauses_the_issue(site, sink, clock):
    issue = out(many=3)
    sink.play = lambda to, _times: "mail-5" if to == "desk@digest.example" else GOOD
    send_all(clock)
    issue.refresh_from_db()
    assert issue.state == "paused"
    assert "not welcome" in issue.trouble
    assert counts(issue)["waiting"] == 3


def test_a_server_that_swallows_letters_is_left_alone_after_three(site, sink, clock):
    issue = out(many=12)
    sink.play = lambda to, _times: "dies-after" if "reader" in to else GOOD
    send_all(clock)
    issue.refresh_from_db()
    assert issue.state == "paused"
    assert counts(issue)["unknown"] == 3
    assert counts(issue)["waiting"] == 9


def test_after_a_day_of_not_now_it_is_given_up(site, sink, clock):
    issue = out(many=1)
    sink.play = lambda to, _times: "rcpt-4" if "reader" in to else GOOD
    for _try in range(10):
        send_all(clock)
        clock.at += timedelta(hours=12)
    assert counts(issue)["refused"] == 1
    assert Subscription.objects.get().state == "confirmed"
