"""Signing up for a letter and leaving it: without script or cookie, told nothing about others, and forgotten in time."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import cast
import pytest
from django.core import mail
from django.test import Client
from django.utils.module_loading import import_string
from hypothesis import given
from hypothesis import strategies as st
from letters_world import NOW, a_letter, a_reader

from dateline.editions import tokens
from dateline.editions.actions import lists, readers
from dateline.editions.actions.listening import _tracked
from dateline.editions.letter_states import Going, Reading, Sending
from dateline.editions.models import Delivery, Issue, Subscription, Suppression, Throttle
from dateline.editions.mornings import LATE, due_at
from dateline.editions.pace import BadPace, Pace, read_pace
from dateline.editions.queries.readers import mark_of_text, token_of
from dateline.editions.reader_address import NotAnAddress, masked, read_address
from dateline.editions.reader_lists import Assumed, as_csv
from dateline.net.sending_address import VENDORS, BadSendingAddress, sending
from dateline.people.models import AuditEntry
from dateline.work.testing import run_all_jobs

WHERE = "/-/letters/"
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]


@pytest.fixture
def site(db, settings):
    settings.DATELINE_URL = "https://digest.example"
    settings.ALLOWED_HOSTS = ["digest.example", "testserver"]
    identity = cast.an_identity(email="desk@digest.example")
    for code in ("en", "fr", "fa"):
        a_letter(code)
    return identity


@pytest.fixture
def reader(site):
    """A browser that checks forms as in earnest, and holds nothing."""
    return Client(enforce_csrf_checks=True)


def path_in(message, purpose):
    """Return the path of a reader's own address in a mail."""
    return re.search(rf"https://digest\.example(/-/letters/{purpose}/[^/\s]+/)", message.body)[1]


# Signing up


def test_who_signs_up_gets_the_letter_after_the_button_and_not_before(reader):
    assert b'<option value="UTC" selected' in reader.get(WHERE, {"in": "fr"}).content
    mistaken = {"email": "Lea@Reader.example", "in": "fr", "hour": "8", "zone": "Asia/Tokyo"}
    assert reader.post(WHERE, mistaken).status_code == 303
    told = {"email": "Lea@Reader.example", "in": "fr", "website": "", "hour": "6", "zone": "Asia/Tehran"}
    answer = reader.post(WHERE, told)
    assert answer.status_code == 303
    assert answer["Location"] == f"{WHERE}?in=fr&asked=1"
    run_all_jobs()
    row = Subscription.objects.get()
    assert (row.state, row.letter.language, row.email) == ("pending", "fr", "Lea@reader.example")
    assert (row.hour, row.zone) == (6, "Asia/Tehran")
    assert mail.outbox[0].to == ["Lea@reader.example"]
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
    address = path_in(mail.outbox[0], "confirm")
    for _scanner in range(3):
        assert reader.get(address).status_code == 200
        assert reader.head(address).status_code == 200
    row.refresh_from_db()
    assert row.state == "pending"
    told = reader.post(address)
    assert told.status_code == 303
    row.refresh_from_db()
    assert (row.state, row.how, row.consent_text) == ("confirmed", "form", "2026-11")
    assert row.consent_at == row.confirmed_at
    page = reader.get(told["Location"])
    assert page.status_code == 200
    assert "L…a@reader.example" in page.content.decode()
    assert "Lea@reader.example" not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies


def test_the_answer_is_the_same_for_an_address_that_has_the_letter_and_one_that_has_not(reader):
    a_reader("known@reader.example", a_letter("en"))
    answers = [reader.post(WHERE, {"email": f"{who}@reader.example", "in": "en"}) for who in ("known", "new")]
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    run_all_jobs()
    by_address = {one.to[0]: one for one in mail.outbox}
    assert set(by_address) == {"known@reader.example", "new@reader.example"}
    assert path_in(by_address["known@reader.example"], "manage")
    assert "/confirm/" not in by_address["known@reader.example"].body


def test_nobody_can_have_somebody_elses_mailbox_filled(reader):
    for _time in range(8):
        assert reader.post(WHERE, {"email": "victim@reader.example", "in": "en"}).status_code == 303
    run_all_jobs()
    assert len(mail.outbox) <= readers.MOST_NOTICES
    told = [reader.post(WHERE, {"email": f"a{n}@reader.example", "in": "en"}).status_code for n in range(20)]
    assert told.count(303) == readers.MOST_OF_A_NETWORK - 8
    assert set(told[-3:]) == {429}
    assert not Throttle.objects.filter(who__contains="127.0.0.1").exists()


def test_a_page_of_another_site_and_a_machine_are_not_served(reader):
    form = {"email": "a@reader.example", "in": "en"}
    assert reader.post(WHERE, form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert reader.post(WHERE, {**form, "website": "https://spam.example"}).status_code == 303
    assert reader.post(WHERE, {**form, "next": "https://evil.example"})["Location"].startswith(WHERE)
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["a", "a@b", "a b@c.example", "a@c.example\nBcc: x@y.example", "<a@c.example>", "a@1.2.3.4", ""],
)
def test_an_address_that_is_none_is_refused_in_words(reader, address):
    answer = reader.post(WHERE, {"email": address, "in": "en"})
    assert answer.status_code == 422
    assert "email-wrong" in answer.content.decode()


def test_a_confirmation_that_is_a_week_old_does_nothing(site):
    row = a_reader("late@reader.example", state="pending", confirmed_at=None, consent_at=None)
    with pytest.raises(readers.TooLate):
        readers.confirm(subscription=row, now=NOW + timedelta(days=8))


# One's own page


def test_one_request_of_a_mail_program_stops_the_letter_and_a_look_does_not(reader):
    row = a_reader("lea@reader.example")
    address = f"{WHERE}stop/{token_of('stop', row)}/"
    assert reader.get(address).status_code == 200
    row.refresh_from_db()
    assert row.state == "confirmed"
    for _twice in range(2):
        answer = reader.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"OK\n")
        assert not answer.cookies
    row.refresh_from_db()
    assert row.state == "ended"
    row.delete()
    assert reader.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert reader.post(f"{WHERE}stop/{'A' * 43}/", {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_a_reader_changes_pauses_and_comes_back(reader):
    row = a_reader("lea@reader.example", a_letter("en"))
    address = f"{WHERE}manage/{token_of('manage', row)}/"
    told = {"do": "change", "language": "fa", "hour": "6", "zone": "Asia/Tehran"}
    assert reader.post(address, told).status_code == 303
    row.refresh_from_db()
    assert (row.letter.language, row.hour, row.zone) == ("fa", 6, "Asia/Tehran")
    assert reader.post(address, {**told, "zone": "Mars/Olympus"}).status_code == 422
    reader.post(address, {"do": "pause", "days": "7"})
    row.refresh_from_db()
    assert row.state == "paused"
    assert readers.resume_due(today=row.paused_until - timedelta(days=1)) == 0
    assert readers.resume_due(today=row.paused_until) == 1
    reader.post(address, {"do": "stop"})
    row.refresh_from_db()
    assert row.state == "ended"
    assert 'dir="rtl"' in reader.get(address).content.decode()


def test_what_is_kept_goes_to_the_address_alone_and_is_erased_but_for_a_mark(reader):
    row = a_reader("lea@reader.example", a_letter("en"))
    mark = row.reader
    address = f"{WHERE}manage/{token_of('manage', row)}/"
    assert "lea@reader.example" not in reader.post(address, {"do": "data"}).content.decode()
    run_all_jobs()
    told = json.loads(re.search(r"\{\n.*\n\}", mail.outbox[0].body, re.DOTALL)[0])
    assert told["subscriptions"][0]["email"] == "lea@reader.example"
    assert "nothing is counted" in told["subscriptions"][0]["agreed_to"]
    assert reader.post(address, {"do": "erase"}).status_code == 200
    assert Subscription.objects.exists()
    assert reader.post(address, {"do": "erase", "sure": "1"}).status_code == 200
    assert not Subscription.objects.exists()
    assert Suppression.objects.get().reader == mark
    found = lists.import_list(
        text="email\nlea@reader.example", kind="daily", assumed=assumed(), by=None, now=NOW
    )
    assert (found.taken, found.suppressed) == (0, 1)
    assert not AuditEntry.objects.filter(summary__contains="@").exists()
    assert reader.get(address).status_code == 404
    readers.ask(email="lea@reader.example", letter=a_letter("en"), network="", now=NOW)
    readers.confirm(subscription=Subscription.objects.get(), now=NOW)
    assert not Suppression.objects.exists()


def test_what_has_had_its_time_is_forgotten(site):
    a_reader("a@reader.example", state="pending", confirmed_at=None, consent_at=None)
    a_reader("b@reader.example", state="ended", ended_at=NOW)
    a_reader("c@reader.example")
    lists.clear_away(now=NOW + timedelta(days=29))
    assert set(Subscription.objects.values_list("state", flat=True)) == {"ended", "confirmed"}
    lists.clear_away(now=NOW + timedelta(days=31))
    assert set(Subscription.objects.values_list("state", flat=True)) == {"confirmed"}


# What vendors say


class Event:
    """As django-anymail tells it."""

    mta_response = "550 5.1.1 No such user"
    description = None

    def __init__(self, event_type, reject_reason=None):
        self.event_type, self.reject_reason = event_type, reject_reason
        self.recipient = "Lea@READER.example"


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Event("bounced", "bounced"), "refused"),
        (Event("rejected", "invalid"), "refused"),
        (Event("complained"), "ended"),
        (Event("unsubscribed"), "ended"),
        (Event("opened"), "confirmed"),
        (Event("deferred"), "confirmed"),
        (Event("bounced", "timed_out"), "confirmed"),
    ],
)
def test_what_a_vendor_tells_stops_an_address_or_does_not(site, event, state):
    row = a_reader("lea@reader.example")
    _tracked(event, esp_name="Test", sender=None)
    row.refresh_from_db()
    assert row.state == state


# Lists


def assumed(**fields):
    return Assumed(
        **{
            "language": "en",
            "languages": frozenset({"en", "fr"}),
            "consent_at": datetime(2025, 1, 1, tzinfo=UTC),
            "consent_source": "the old letter’s form",
            **fields,
        }
    )


LIST = """\ufeffE-Mail;Language;Zone;Hour;Optin_time;Source
lea@reader.example;fr;Europe/Paris;7;2024-05-01 10:00:00;form on the old site
lea@READER.example;fr;;;;
nobody;;;;;
;en;;;;
far@reader.example;ka;;;;
odd@reader.example;;Mars/One;;;
when@reader.example;;;;yesterday;
hour@reader.example;;;25;;
future@reader.example;;;;2999-01-01;
new@reader.example;;;;;
"""


def test_a_list_is_taken_line_by_line_with_its_proof_and_bad_lines_are_told(site):
    found = lists.import_list(text=LIST, kind="daily", assumed=assumed(), by=cast.vera(), now=NOW)
    assert (found.taken, found.known, found.suppressed) == (2, 1, 0)
    assert sorted(one.number for one in found.bad) == [4, 5, 6, 7, 8, 9, 10]
    assert all(one.why for one in found.bad)
    row = Subscription.objects.get(email="lea@reader.example")
    assert (row.how, row.state, row.hour, row.zone) == ("import", "confirmed", 7, "Europe/Paris")
    assert row.consent_source == "form on the old site"
    assert row.consent_at == datetime(2024, 5, 1, 8, tzinfo=UTC)
    assert Subscription.objects.get(email="new@reader.example").consent_source == "the old letter’s form"
    again = lists.import_list(text=LIST, kind="daily", assumed=assumed(), by=None, now=NOW)
    assert (again.taken, again.known) == (0, 3)


def test_without_proof_of_consent_no_line_is_taken(site):
    bare = assumed(consent_at=None, consent_source="")
    found = lists.import_list(text="email\na@reader.example\n", kind="daily", assumed=bare, by=None, now=NOW)
    assert (found.taken, len(found.bad)) == (0, 1)


def test_what_is_led_out_can_be_brought_in_and_starts_no_formula(site):
    a_reader("=cmd@reader.example", a_letter("fr"), hour=6, zone="Asia/Tehran")
    text = "".join(lists.export_list(by=None, now=NOW))
    assert "'=cmd@reader.example" in text
    a_reader("lea@reader.example", a_letter("fr"), hour=6, zone="Asia/Tehran")
    text = "".join(lists.export_list(by=None, now=NOW))
    before = Subscription.objects.get(email="lea@reader.example")
    Subscription.objects.all().delete()
    lists.import_list(text=text, kind="daily", assumed=assumed(), by=None, now=NOW)
    after = Subscription.objects.get(email="lea@reader.example")
    for name in ("letter_id", "zone", "hour", "reader", "consent_at"):
        assert getattr(before, name) == getattr(after, name)


def test_a_table_is_written_whole():
    assert "".join(as_csv(("a", "b"), iter([(1, None), ("x,y", "-1")]))) == 'a,b\r\n1,\r\n"x,y",\'-1\r\n'


# Pure


@given(st.uuids(), st.sampled_from(tokens.PURPOSES), st.binary(min_size=1), st.binary(min_size=1))
def test_a_key_opens_its_own_door_alone(uid, purpose, key, other):
    token = tokens.make(purpose, uid, key=key)
    assert tokens.read(purpose, token, keys=[key]) == uid
    assert tokens.read(purpose, token, keys=[other, key]) == uid
    if other != key:
        assert tokens.read(purpose, token, keys=[other]) is None
    for wrong in set(tokens.PURPOSES) - {purpose}:
        assert tokens.read(wrong, token, keys=[key]) is None
    assert str(uid) not in token


@given(st.text(max_size=60))
def test_no_other_text_is_a_key(text):
    assert tokens.read(tokens.STOP, text, keys=[b"k"]) is None


def test_no_letter_of_a_key_can_be_another():
    uid = tokens.UUID(int=7)
    token = tokens.make(tokens.STOP, uid, key=b"k")
    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert tokens.read(tokens.STOP, changed, keys=[b"k"]) is None


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside it


@given(moments, st.sampled_from(ZONES), st.integers(0, 23))
def test_a_letter_is_due_at_the_readers_hour_whatever_the_clocks_do(out_at, zone, hour):
    due = due_at(out_at=out_at, zone=zone, hour=hour)
    assert due >= out_at
    assert due - out_at <= timedelta(hours=26)
    if due == out_at:
        return
    there = due.astimezone(ZoneInfo(zone))
    is_there = (there.hour, there.minute) == (hour, 0)
    wanted = datetime.combine(there.date(), datetime.min.time(), tzinfo=ZoneInfo(zone)).replace(hour=hour)
    # An hour that was left out begins when the next one would have.
    assert is_there or wanted.astimezone(UTC).astimezone(ZoneInfo(zone)).hour != hour


def test_the_hour_holds_on_both_sides_of_a_change_of_the_clocks():
    berlin = [
        due_at(out_at=datetime(2026, month, day, 3, tzinfo=UTC), zone="Europe/Berlin", hour=7)
        for month, day in [(3, 28), (3, 29), (10, 24), (10, 25)]
    ]
    assert [moment.hour for moment in berlin] == [6, 5, 5, 6]
    late = due_at(out_at=datetime(2026, 3, 28, 6, 30, tzinfo=UTC), zone="Europe/Berlin", hour=7)
    assert late == datetime(2026, 3, 28, 6, 30, tzinfo=UTC)
    far = due_at(out_at=datetime(2026, 3, 28, 6, tzinfo=UTC) + LATE, zone="Europe/Berlin", hour=7)
    assert far.date() == date(2026, 3, 29)


@given(st.text(max_size=80))
def test_what_is_read_as_an_address_can_stand_in_a_header_and_a_command(text):
    try:
        read = read_address(text)
    except NotAnAddress:
        return
    assert read.text.isprintable()
    assert not set(read.text) & set(' <>()[]\\,;:"\r\n')
    assert read.text.count("@") == 1
    assert read_address(read.text).key == read.key


def test_addresses_in_other_letters_are_read_and_kept_apart():
    assert read_address("léa@exämple.example").text == "léa@xn--exmple-cua.example"
    assert not read_address("léa@example.org").is_plain
    assert read_address("Lea@Example.ORG").key == read_address("lea@example.org").key
    assert read_address("a.b+c@d-e.example.org").text == "a.b+c@d-e.example.org"
    assert masked("lea@example.org") == "l…a@example.org"
    for wrong in (
        "a..b@c.example",
        ".a@c.example",
        "a@-c.example",
        "a@c..example",
        '"a"@c.example',
        "a@c.123",
    ):
        with pytest.raises(NotAnAddress):
            read_address(wrong)


def test_a_pace_is_read_and_kept():
    assert read_pace("") == {"*": 1200}
    assert read_pace("*=60, Slow.example=2") == {"*": 60, "slow.example": 2}
    with pytest.raises(BadPace):
        read_pace("fast")
    pace = Pace(limits=read_pace("*=0,slow.example=2"))
    for _letter in range(5):
        pace.note("quick.example")
        pace.note("slow.example")
    assert pace.full() == ["slow.example"]


def test_the_states_hang_together():
    assert not Going.may_become("unknown", "claimed")
    assert not Going.may_become("done", "waiting")
    assert not Sending.may_become("stopped", "sending")
    assert Reading.may_become("ended", "confirmed")
    assert {row for graph in (Going, Sending, Reading) for row in graph.steps} >= {"waiting", "paused"}
    assert set(Going.steps) == set(Delivery.State.values)
    assert set(Sending.steps) == set(Issue.State.values)
    assert set(Reading.steps) == set(Subscription.State.values)
    assert mark_of_text("no address") == ""


def test_a_vendor_is_named_in_the_address_and_told_its_secrets_apart():
    told = sending({"DATELINE_MAIL": "anymail://postmark", "ANYMAIL_POSTMARK_SERVER_TOKEN": "s"})
    assert told["EMAIL_BACKEND"] == "anymail.backends.postmark.EmailBackend"
    assert told["ANYMAIL"]["POSTMARK_SERVER_TOKEN"] == "s"
    for vendor in VENDORS:
        if vendor != "amazon_ses":
            assert import_string(f"anymail.backends.{vendor}.EmailBackend")
    with pytest.raises(BadSendingAddress, match="postmark"):
        sending({"DATELINE_MAIL": "anymail://pigeon"})
