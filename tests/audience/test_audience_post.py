"""Readers' post: a page that works without script or cookie, letters that become tasks, and are erased in time."""

import re
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import cast
import html5lib
import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.actions import withdraw
from dateline.audience import actions, post, views
from dateline.audience.models import ReaderLetter
from dateline.audience.post import answer_day, months_after
from dateline.lib.home import Home
from dateline.people.models import AuditEntry
from dateline.publishing.actions import bake_everything, store
from dateline.publishing.leaf import file_of
from dateline.rights.asking import WrongStep
from dateline.rights.models import Letter
from dateline.work.testing import run_all_jobs

WHERE = "/-/post/"
NOW = cast.NOW


@pytest.fixture(autouse=True)
def _calm():
    cache.clear()


@pytest.fixture
def site(db, settings):
    settings.DATELINE_URL = "https://digest.example"
    settings.ALLOWED_HOSTS = ["digest.example", "testserver"]
    return cast.an_identity(email="desk@digest.example")


@pytest.fixture
def reader(site):
    """A browser that checks forms as in earnest, and holds nothing."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def article(site):
    return cast.published(cast.an_exclusive(headline="The ferry sails again"))


def opened(seconds=60):
    """What a page carries that was opened so long ago."""
    with patch("django.core.signing.time.time", lambda: datetime.now(UTC).timestamp() - seconds):
        return signing.dumps("", salt=views.SALT)


def a_form(**fields):
    return {
        "kind": "error",
        "about": "/en/2026/03/14/ferry/",
        "text": "It was Monday, not Tuesday.",
        "name": "",
        "email": "",
        "website": "",
        "in": "en",
        "opened": opened(),
        **fields,
    }


def sent(reader, **fields):
    headers = fields.pop("headers", None)
    return reader.post(WHERE, a_form(**fields), headers=headers)


def body(answer):
    return answer.content.decode()


def a_letter(**fields):
    told = {
        "kind": "access",
        "text": "What do you keep?",
        "language": "fr",
        "email": "lea@reader.example",
        **fields,
    }
    return actions.receive(name="Léa Brun", now=told.pop("now", NOW), **told)


# The page


def test_the_page_stands_in_the_sites_languages_without_script_cookie_or_stranger(reader):
    for language, says in (("en", "Write to us"), ("fr", "Écrivez-nous"), ("fa", "به ما بنویسید")):
        answer = reader.get(WHERE, {"in": language})
        assert answer.status_code == 200
        assert says in body(answer)
        assert f'<html lang="{language}"' in body(answer)
        assert not answer.cookies
        assert "noindex" in answer["X-Robots-Tag"]
        assert "public" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert not re.search(r'(src|action)="(https?:)?//', body(answer))


def test_how_long_letters_are_kept_is_said_in_the_readers_digits(reader):
    page = body(reader.get(WHERE, {"in": "fa"}))
    assert "۹۰ روز" in page
    assert "90 روز" not in page


def test_it_is_sound_and_every_field_has_its_name(reader):
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    root = parser.parse(body(reader.get(WHERE))).getroot()
    assert [error for _place, error, _told in parser.errors] == []
    named = {label.get("for") for label in root.findall(".//label")}
    form = next(one for one in root.findall(".//form") if one.get("action") == WHERE)
    for field in [*form.iter("input"), *form.iter("textarea")]:
        assert field.get("type") == "hidden" or field.get("id") in named


def test_the_piece_comes_along_and_the_page_is_in_its_language(reader, article):
    page = body(reader.get(WHERE, {"about": article.get_absolute_url()}))
    assert "The ferry sails again" in page
    assert f'name="about" value="{article.get_absolute_url()}"' in page
    french = cast.published(cast.a_translation(language="fr"))
    assert '<html lang="fr"' in body(reader.get(WHERE, {"about": french.get_absolute_url()}))


def test_an_article_and_every_foot_lead_here_without_python(site, article, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    bake_everything(now=NOW)
    page = (store().root / file_of(article.get_absolute_url())).read_text()
    assert f'href="/-/post/?about={article.get_absolute_url()}"' in page
    assert "Write to us" in page
    assert 'href="/-/post/?in=fr"' in (store().root / "fr" / "index.html").read_text()


def test_a_letter_about_an_error_needs_no_name_and_becomes_a_task(reader, article):
    answer = sent(reader, about=article.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (303, f"{WHERE}?in=en&sent=1")
    assert "Your letter is with us" in body(reader.get(answer["Location"]))
    (letter,) = ReaderLetter.objects.all()
    assert (letter.kind, letter.state, letter.piece) == ("error", "new", article.uid)
    assert (letter.text, letter.email, letter.answer_by) == ("It was Monday, not Tuesday.", "", None)


def test_a_whole_address_that_was_copied_is_understood_and_a_strange_one_is_only_text(reader, article):
    sent(reader, about=f"https://digest.example{article.get_absolute_url()}?utm=1#top")
    sent(reader, about="https://elsewhere.example/en/2026/03/14/x/")
    assert [one.piece for one in ReaderLetter.objects.order_by("pk")] == [article.uid, None]


def test_a_withdrawn_piece_is_not_named_on_the_page(reader, article):
    withdraw(article=article, ground="editorial", reason="It was wrong", by=None, now=NOW)
    page = body(reader.get(WHERE, {"about": article.get_absolute_url()}))
    assert "The ferry sails again" not in page


@pytest.mark.parametrize("kind", sorted(post.NEEDS_EMAIL))
def test_who_wants_an_answer_is_asked_where_to_and_loses_no_word(reader, kind):
    answer = sent(reader, kind=kind, text="My long letter")
    assert answer.status_code == 422
    assert "without it we cannot answer" in body(answer)
    assert "My long letter" in body(answer)
    assert not ReaderLetter.objects.exists()
    assert sent(reader, kind=kind, email="lea@reader.example").status_code == 303


def test_what_is_missing_is_said_in_the_readers_language(reader):
    answer = sent(reader, **{"text": "", "about": "", "in": "fr"})
    assert answer.status_code == 422
    assert '<html lang="fr"' in body(answer)
    assert "Please" not in body(answer)


def test_a_machine_that_fills_in_everything_is_thanked_and_nothing_is_kept(reader):
    assert sent(reader, website="https://pills.example").status_code == 303
    assert not ReaderLetter.objects.exists()


@pytest.mark.parametrize("mark", ["", "nonsense", None, 1, 3 * 24 * 3600])
def test_a_page_that_lay_open_for_a_moment_or_for_days_is_sent_again(reader, mark):
    answer = sent(reader, opened=opened(mark) if isinstance(mark, int) else mark or "")
    assert answer.status_code == 422
    assert "It was Monday, not Tuesday." in body(answer)
    assert not ReaderLetter.objects.exists()


def test_another_sites_page_cannot_write_in_a_readers_name(reader):
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ):
        assert sent(reader, headers=headers).status_code == 403
    assert not ReaderLetter.objects.exists()
    assert sent(reader, headers={"Origin": "http://testserver"}).status_code == 303
    assert sent(reader, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_who_writes_too_often_has_to_wait(reader):
    assert {sent(reader).status_code for _letter in range(views.MOST)} == {303}
    answer = sent(reader)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_hostile_words_stay_words(reader, article):
    evil = '"><script>alert(1)</script>'
    answer = sent(reader, kind="reply", text=evil, about=evil, name=evil)
    assert "<script>alert" not in body(answer)
    assert "<script>alert" not in body(reader.get(WHERE, {"about": evil, "in": evil}))


@given(st.text(max_size=300))
def test_no_address_breaks_the_page(text):
    assert isinstance(views._path(text), str)


# What is done with it


def test_the_law_gives_a_month_and_says_so_from_the_day_in_the_publications_zone(site):
    assert a_letter(now=datetime(2026, 1, 31, 9, tzinfo=UTC)).answer_by == date(2026, 2, 28)
    site.time_zone = "Pacific/Auckland"
    site.save()
    assert a_letter(now=datetime(2026, 3, 1, 22, tzinfo=UTC)).answer_by == date(2026, 4, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_month_is_never_more_than_the_law_gives(day):
    end = months_after(day, 1)
    assert timedelta(28) <= end - day <= timedelta(31)
    assert end.day == day.day or (end + timedelta(1)).day == 1
    assert answer_day("error", came=day) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 30))
def test_later_months_are_reached_by_steps_of_one_or_end_earlier(day, months):
    end = months_after(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day <= day.day


def test_a_hard_request_gets_two_months_more_once_when_they_are_told_why_within_the_first(site):
    letter = a_letter(now=datetime(2026, 11, 30, 9, tzinfo=UTC))
    told = {"subject": "Vos données", "body": "Quarante demandes sont venues.", "by": cast.vera()}
    letter = actions.put_off(letter=letter, now=datetime(2026, 12, 10, 9, tzinfo=UTC), **told)
    assert (letter.state, letter.answer_by) == ("taken", date(2027, 2, 28))
    run_all_jobs()
    assert "Quarante demandes" in mail.outbox[-1].body
    with pytest.raises(actions.TooLate):
        actions.put_off(letter=letter, now=datetime(2026, 12, 11, 9, tzinfo=UTC), **told)


def test_no_time_is_won_after_the_first_month_for_other_letters_or_without_a_reason(site):
    told = {"subject": "Vos données", "body": "Quarante demandes.", "by": cast.vera()}
    late = a_letter(now=datetime(2026, 10, 1, 9, tzinfo=UTC))
    with pytest.raises(actions.TooLate):
        actions.put_off(letter=late, now=datetime(2026, 11, 2, 9, tzinfo=UTC), **told)
    with pytest.raises(actions.TooLate):
        actions.put_off(letter=a_letter(kind="error"), now=NOW, **told)
    with pytest.raises(actions.NothingSaid):
        actions.put_off(letter=a_letter(), now=NOW, **{**told, "body": " "})


def test_a_letter_is_taken_answered_by_mail_in_their_language_and_filed(site):
    letter = actions.take(letter=a_letter(), by=cast.vera(), now=NOW)
    assert letter.taken_by == cast.vera()
    letter = actions.answer(
        letter=letter, subject="Vos données", body="Rien d’autre.", by=cast.vera(), now=NOW
    )
    run_all_jobs()
    (message,) = mail.outbox
    assert (message.to, message.subject, message.reply_to) == (
        ["lea@reader.example"],
        "Vos données",
        ["desk@digest.example"],
    )
    assert (letter.state, letter.answer, letter.done_at) == ("answered", "Rien d’autre.", NOW)


def test_a_second_answer_is_filed_below_the_first(site):
    letter = actions.answer(letter=a_letter(), subject="One", body="First.", by=cast.vera(), now=NOW)
    letter = actions.take(letter=letter, by=cast.vera(), now=NOW)
    with pytest.raises(actions.StillOnItsWay):
        actions.answer(letter=letter, subject="Two", body="Second.", by=cast.vera(), now=NOW)
    run_all_jobs()
    letter = actions.answer(letter=letter, subject="Two", body="Second.", by=cast.vera(), now=NOW)
    run_all_jobs()
    assert letter.answer == "First.\n\nSecond."
    assert [message.subject for message in mail.outbox] == ["One", "Two"]


def test_without_mail_an_answer_is_filed_as_sent_by_hand(site, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    letter = actions.answer(letter=a_letter(), subject="One", body="First.", by=cast.vera(), now=NOW)
    assert letter.letter.state == "by-hand"


def test_steps_that_are_none_are_refused(site):
    letter = actions.close(letter=a_letter(), reason="Spam", by=cast.vera(), now=NOW)
    with pytest.raises(WrongStep):
        actions.close(letter=letter, reason="Again", by=cast.vera(), now=NOW)
    with pytest.raises(WrongStep):
        actions.put_back(letter=letter, by=cast.vera(), now=NOW)
    with pytest.raises(actions.NothingSaid):
        actions.close(letter=a_letter(), reason=" ", by=cast.vera(), now=NOW)
    with pytest.raises(actions.EmailMissing):
        a_letter(email="")
    with pytest.raises(ValidationError):
        a_letter(kind="gossip")


def test_a_colleague_takes_over_and_lays_back(site):
    letter = actions.take(letter=a_letter(), by=cast.vera(), now=NOW)
    letter = actions.take(letter=letter, by=cast.tomas(), now=NOW)
    assert letter.taken_by == cast.tomas()
    letter = actions.put_back(letter=letter, by=cast.tomas(), now=NOW)
    assert (letter.state, letter.taken_by) == ("new", None)


# What is kept of it


def says_nothing_of(letter, *words):
    letter.refresh_from_db()
    told = [*vars(letter).values(), *Letter.objects.values_list("to", "subject", "body")]
    told += AuditEntry.objects.values_list("summary", "before", "after")
    return not any(word in str(told) for word in words)


def test_erasing_leaves_that_it_came_and_nothing_of_who_wrote(site):
    letter = actions.answer(
        letter=a_letter(), subject="For Léa", body="Dear Léa Brun", by=cast.vera(), now=NOW
    )
    letter = actions.erase(letter=letter, by=cast.vera(), now=NOW)
    assert says_nothing_of(letter, "Léa", "lea@", "What do you keep")
    assert (letter.state, letter.kind, letter.at, letter.erased_at) == ("answered", "access", NOW, NOW)
    run_all_jobs()
    assert mail.outbox == []


def test_an_open_letter_that_is_erased_is_closed_and_has_nobody_to_answer(site):
    letter = actions.erase(letter=a_letter(), by=cast.vera(), now=NOW)
    assert letter.state == "closed"
    letter = actions.take(letter=letter, by=cast.vera(), now=NOW)
    with pytest.raises(actions.Erased):
        actions.answer(letter=letter, subject="One", body="Who?", by=cast.vera(), now=NOW)


def test_letters_are_erased_when_the_time_is_over_that_the_page_names(site, reader):
    error = actions.close(letter=a_letter(kind="error"), reason="Done", by=cast.vera(), now=NOW)
    data = actions.close(letter=a_letter(), reason="Done", by=cast.vera(), now=NOW)
    waits = a_letter(kind="error")
    page = body(reader.get(WHERE))
    assert "90 days" in page
    assert "365 days" in page
    assert actions.erase_old(now=NOW + timedelta(days=90)) == 0
    assert actions.erase_old(now=NOW + timedelta(days=91)) == 1
    assert actions.erase_old(now=NOW + timedelta(days=366)) == 1
    assert says_nothing_of(error, "Léa")
    assert says_nothing_of(data, "Léa")
    for letter, is_erased in ((error, True), (data, True), (waits, False)):
        letter.refresh_from_db()
        assert bool(letter.erased_at) == is_erased


def test_the_audit_names_every_step_and_no_reader(site):
    letter = actions.take(letter=a_letter(), by=cast.vera(), now=NOW)
    actions.note_passed_on(letter=letter, by=cast.vera(), now=NOW)
    actions.put_back(letter=letter, by=cast.vera(), now=NOW)
    actions.answer(letter=letter, subject="S", body="B", by=cast.vera(), now=NOW)
    told = list(AuditEntry.objects.filter(subject_id=str(letter.pk)).order_by("pk"))
    assert [entry.verb for entry in told] == [
        "receive-reader-letter",
        "take-reader-letter",
        "pass-on-reader-letter",
        "put-back-reader-letter",
        "answer-reader",
    ]
    assert "Léa" not in str([vars(entry) for entry in told])
