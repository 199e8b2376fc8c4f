"""From a closed edition to letters in a mailbox: once each, to the right people, and what nobody knows is listed."""

import email
import email.policy
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import cast
import pytest
from django.core import mail
from letters_world import NOW, a_letter, a_reader, an_edition, closed, readers
from mail_sink import GOOD, mail_sink, settings_for

from dateline.articles.actions import withdraw
from dateline.articles.models import Article
from dateline.editions import letter_states as states
from dateline.editions import tasks
from dateline.editions.actions import AlreadyOut, carrying, releasing, reopen, sending
from dateline.editions.actions.composing import weight_of
from dateline.editions.actions.readers import end, pause, resume
from dateline.editions.models import (
    Delivery,
    Edition,
    Issue,
    SentWithdrawal,
    Subscription,
    Suppression,
    Wording,
)
from dateline.editions.queries.letters import counts
from dateline.net.mail_line import ServerTrouble
from dateline.rights import surfaces
from dateline.rights.asking import WrongStep
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
    # What the desk's meter says beforehand is what it weighs then.
    told = weight_of(Issue.objects.get().edition, now=clock())
    assert abs(told - len(sink.taken[0].content)) < 500


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


# People's hands, and what comes between


def an_issue(many=4, **fields):
    """Close an edition with one piece of ours and so many readers; return its issue and the piece."""
    readers(many, a_letter("en"), **fields)
    piece = cast.published(cast.an_exclusive(headline="The ferry sails again"))
    other = cast.published(cast.an_exclusive(headline="The bridge opens"))
    return issue_of(closed(an_edition("en", articles=[piece, other]))), piece


def test_between_two_letters_it_is_paused_ended_and_gone_on_with(site, sink, clock, monkeypatch):
    issue, _piece = an_issue(6)
    gone = Subscription.objects.order_by("pk")[3]
    by_line = carrying.carrier

    class Between:
        """Somebody comes in after the second letter."""

        def __init__(self):
            self.line, self.many = by_line(), 0

        def hand_over(self, *told, **named):
            verdict, self.many = self.line.hand_over(*told, **named), self.many + 1
            if self.many == 2 and len(sink.taken) == 2:
                releasing.pause(issue=issue, by=cast.vera(), now=NOW)
                end(subscription=gone, now=NOW)
            return verdict

        def close(self):
            self.line.close()

    monkeypatch.setattr(sending, "carrier", Between)
    send_all(clock)
    issue.refresh_from_db()
    assert (issue.state, len(sink.taken)) == ("paused", 2)
    releasing.resume(issue=issue, by=cast.vera(), now=NOW)
    send_all(clock)
    assert len(sink.taken) == 5
    assert gone.email not in sink.to()
    assert counts(issue)["left-out"] == 1
    issue.refresh_from_db()
    assert issue.state == "sent"
    with pytest.raises(WrongStep):
        releasing.pause(issue=issue, by=None, now=NOW)


def test_what_is_taken_back_goes_to_nobody_else_and_who_had_it_is_recorded(site, sink, clock):
    issue, piece = an_issue(4)
    later = Delivery.objects.order_by("pk")[2:]
    Delivery.objects.filter(pk__in=[row.pk for row in later]).update(due_at=NOW + timedelta(hours=3))
    send_all(clock)
    assert len(sink.taken) == 2
    withdraw(article=piece, reason="The right ended.", by=cast.vera(), now=NOW, ground="rights")
    run_all_jobs()
    assert SentWithdrawal.objects.get().readers == 2
    assert surfaces.names().count("letters") == 1
    clock.at += timedelta(hours=4)
    send_all(clock)
    bodies = [body(read(one), "html") for one in sink.taken]
    assert [("The ferry sails again" in one, "The bridge opens" in one) for one in bodies] == [
        (True, True), (True, True), (False, True), (False, True),
    ]  # fmt: skip
    assert Wording.objects.filter(issue=issue).count() == 2
    withdraw(
        article=Article.objects.get(headline="The bridge opens"),
        reason="x",
        by=None,
        now=NOW,
        ground="rights",
    )
    Delivery.objects.filter(pk=later[0].pk).update(state="waiting", handed_at=None, claim="")
    Issue.objects.update(state="sending", wording=None)
    send_all(clock)
    issue.refresh_from_db()
    assert issue.state == "paused"
    assert "Nothing in the edition" in issue.trouble


def test_an_edition_that_is_opened_again_takes_its_letter_back_and_closing_makes_another(site, sink, clock):
    issue, _piece = an_issue(2)
    edition = issue.edition
    reopen(edition=edition, closes_at=NOW + timedelta(hours=1), by=None, now=NOW)
    send_all(clock)
    assert not Issue.objects.exists()
    edition.refresh_from_db()
    issue = issue_of(closed(edition))
    send_all(clock)
    assert len(sink.taken) == 2
    edition.refresh_from_db()
    with pytest.raises(AlreadyOut):
        reopen(edition=edition, closes_at=NOW + timedelta(hours=1), by=None, now=NOW)


def test_a_correction_follows_to_exactly_those_who_got_it(site, sink, clock):
    issue, _piece = an_issue(5)
    rows = list(Delivery.objects.order_by("pk"))
    Delivery.objects.filter(pk=rows[0].pk).update(state="refused")
    send_all(clock)
    end(subscription=rows[1].subscription, now=NOW)
    had = {one.to for one in sink.taken}
    sink.taken.clear()
    follows = releasing.correct(
        issue=issue, subject="Correction: the ferry", said="It was Monday.", by=cast.vera(), now=NOW
    )
    releasing.write_down_readers(issue_id=follows.pk, now=NOW)
    send_all(clock)
    assert set(sink.to()) == had - {rows[1].subscription.email}
    message = read(sink.taken[0])
    assert message["Subject"] == "Correction: the ferry"
    assert "It was Monday." in body(message, "plain")
    assert "The ferry sails again" not in body(message, "plain")


def test_everybody_gets_it_in_their_own_morning_and_who_pauses_does_not(site, sink, clock):
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    letter = a_letter("en")
    who = {
        "berlin": ("Europe/Berlin", 7, datetime(2026, 3, 29, 5, tzinfo=UTC)),
        "york": ("America/New_York", 7, datetime(2026, 3, 29, 11, tzinfo=UTC)),
        "tehran": ("Asia/Tehran", 6, datetime(2026, 3, 29, 2, 30, tzinfo=UTC)),
        "tokyo": ("Asia/Tokyo", 7, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        "now": ("Asia/Tokyo", None, night),
    }
    for name, (zone, hour, _at) in who.items():
        a_reader(f"{name}@reader.example", letter, zone=zone, hour=hour)
    pause(subscription=a_reader("away@reader.example", letter), until=None)
    piece = cast.published(cast.an_exclusive(headline="The ferry sails again"))
    issue_of(closed(an_edition(articles=[piece], day=night.date()), now=night), now=night)
    came = {}
    clock.at = night
    for _quarter in range(4 * 24):
        send_all(clock)
        for one in sink.taken:
            came.setdefault(one.to.partition("@")[0], clock.at)
        clock.at += timedelta(minutes=15)
    assert came == {name: at for name, (_zone, _hour, at) in who.items()}
    assert resume(subscription=Subscription.objects.get(email="away@reader.example")).state == "confirmed"


def test_a_letter_in_persian_with_too_much_in_it_stays_light_and_reads_from_the_right(site, sink, clock):
    hostile = "</mj-text><script>x()</script>\"'> {{ x }} \r\nBcc: a@b.example"
    pieces = [
        cast.published(
            cast.an_exclusive(
                headline=f"{n} کشتی دوباره به راه افتاد", standfirst="متن " * 400, language="fa"
            )
        )
        for n in range(3)
    ]
    pieces.append(cast.published(cast.an_exclusive(headline=hostile.replace("\r\n", " "), language="fa")))
    letter = a_letter("fa", footer="نشانی ما\nTideway", sender_name="تایدوی\r\nBcc: x@y.example")
    a_reader("omid@reader.example", letter)
    issue_of(
        closed(an_edition("fa", articles=pieces, title=hostile, foreword="پیش‌گفتار\n\n" + "سخن " * 6000))
    )
    send_all(clock)
    message = read(sink.taken[0])
    html = body(message, "html")
    assert message["Bcc"] is None
    assert len(sink.taken) == 1
    assert len(sink.taken[0].content) <= 60 * 1024
    assert 'dir="rtl"' in html
    assert "direction:ltr" not in html
    assert "<script" not in html.lower()
    assert "۱۴۰۴" in html
    assert "خواندن" in html or message["Content-Language"] == "fa"
    assert "fonts.googleapis" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_a_backend_of_djangos_carries_the_same_letter(site, clock, settings):
    issue, _piece = an_issue(2)
    send_all(clock)
    assert len(mail.outbox) == 2
    message = mail.outbox[0].message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@digest.example>")
    assert len(message.get_all("Date")) == len(message.get_all("Message-ID")) == 1
    assert "text/html" in [part.get_content_type() for part in message.walk()]
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    Delivery.objects.update(state="waiting", handed_at=None)
    Issue.objects.update(state="sending")
    send_all(clock)
    issue.refresh_from_db()
    assert "No mail is set up" in issue.trouble
    assert counts(issue)["waiting"] == 2


class AnymailError(Exception):
    """As a vendor's package says it."""

    def __init__(self, status_code=None, cause=None):
        super().__init__("told")
        self.status_code = status_code
        self.__cause__ = cause


class AnymailRecipientsRefused(AnymailError):
    """Every recipient was refused."""


class ConnectTimeout(Exception):
    """Nobody answered the door."""


@pytest.mark.parametrize(
    ("error", "came"),
    [
        (AnymailRecipientsRefused(), "refused"),
        (AnymailError(429), "later"),
        (AnymailError(None, ConnectTimeout()), "later"),
        (AnymailError(422), "refused"),
        (AnymailError(500), "unknown"),
        (AnymailError(None, TimeoutError()), "unknown"),
    ],
)
def test_what_a_vendor_answers_is_judged(error, came, settings):
    verdict = carrying._judged(error)
    assert verdict.came.value == came
    assert verdict.is_reader == isinstance(error, AnymailRecipientsRefused)
    with pytest.raises(ServerTrouble):
        carrying._judged(AnymailError(401))


def test_each_domain_has_its_pace(site, sink, clock, settings):
    settings.DATELINE_MAIL_PACE = "*=0,slow.example=2"
    letter = a_letter("en")
    for number in range(5):
        a_reader(f"slow{number}@slow.example", letter)
    an_issue(3)
    for minute in range(1, 4):
        sending.send_due(now=clock)
        assert sum(one.to.endswith("slow.example") for one in sink.taken) == min(5, 2 * minute)
        clock.at += timedelta(seconds=61)
    assert len(sink.taken) == 8


def test_an_address_in_other_letters_is_carried_or_refused_in_words(site, sink, clock):
    row = a_reader("léa@exämple.example", a_letter("en"))
    an_issue(1)
    send_all(clock)
    message = read(next(one for one in sink.taken if "xn--" in one.to))
    assert message["To"] == "léa@xn--exmple-cua.example"
    sink.utf8 = False
    Delivery.objects.filter(subscription=row).update(state="waiting", handed_at=None)
    Issue.objects.update(state="sending")
    send_all(clock)
    assert "letters beyond a to z" in Delivery.objects.get(subscription=row).said
    assert Subscription.objects.get(pk=row.pk).state == "confirmed"


def test_from_closing_to_the_first_letter_the_jobs_do_it_by_themselves(site, sink):
    readers(3, a_letter("en"))
    closed(an_edition("en", articles=[cast.published(cast.an_exclusive())]))
    began = time.process_time()
    run_all_jobs()
    assert len(sink.taken) == 3
    assert time.process_time() - began < 10
    assert Issue.objects.get().state == "sent"
    assert tasks.wake_letters.func() == 0
