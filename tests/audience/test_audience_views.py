"""Views: counted without cookie or address, robots left out, written behind, shown as the language shortens them."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

import cast
import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from dateline.audience import actions
from dateline.audience.actions import Tally, counting
from dateline.audience.models import ViewsOfDay
from dateline.audience.queries import most_read, reads_since, views_of
from dateline.audience.robots import is_robot
from dateline.audience.shortening import shortened
from dateline.reader.views import seen as view

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WHERE = "/-/seen/"
NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def ferry(db):
    cast.an_identity()
    return cast.published(cast.an_exclusive(headline="The ferry sails again"))


@pytest.fixture
def tally(monkeypatch):
    """A tally that writes when it is told, and nothing else that another test has left."""
    cache.clear()
    own = Tally(seconds=0)
    monkeypatch.setattr(view, "tally", own)
    monkeypatch.setattr(view, "_window", view.Window())
    return own


def opened(piece, *, agent=BROWSER, site="same-origin", address="203.0.113.9", **headers):
    told = {"User-Agent": agent, "Sec-Fetch-Site": site} | headers
    return Client(enforce_csrf_checks=True).post(
        WHERE, str(piece), content_type="text/plain", headers=told, REMOTE_ADDR=address
    )


def test_a_view_is_counted_and_told_and_leaves_nothing_else(ferry, tally):
    first, second = opened(ferry.uid), opened(ferry.uid)
    assert (first.content, second.content) == (b"1", b"2")
    assert not first.cookies
    assert first["Cache-Control"] == "no-store"
    assert ViewsOfDay.objects.count() == 0
    assert tally.flush() == 2
    assert [(row.piece, row.count) for row in ViewsOfDay.objects.all()] == [(ferry.uid, 2)]


@pytest.mark.parametrize(
    "asked",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "curl/8.5.0"},
        {"agent": ""},
        {"site": "cross-site"},
        {"site": "", "Origin": "https://elsewhere.example"},
        {"site": ""},
    ],
)
def test_robots_and_pages_of_others_are_left_out(ferry, tally, asked):
    assert opened(ferry.uid, **asked).status_code == 204
    assert tally.flush() == 0


@pytest.mark.parametrize("what", ["", "nothing", "x" * 300, "\N{GREEK SMALL LETTER ALPHA}"])
def test_what_is_no_piece_is_no_view(ferry, tally, what):
    assert opened(what).status_code == 204
    assert opened(uuid4()).content == b""
    assert tally.flush() == 0


def test_one_network_cannot_count_for_ever(ferry, tally):
    answers = [opened(ferry.uid).status_code for _time in range(view.MOST_IN_WINDOW + 2)]
    assert answers[-2:] == [503, 503]
    assert opened(ferry.uid, address="203.0.113.10").status_code == 200
    assert tally.flush() == view.MOST_IN_WINDOW + 1


def test_made_up_numbers_fill_no_memory(monkeypatch):
    monkeypatch.setattr(counting, "MOST_PIECES", 2)
    own = Tally(seconds=0)
    assert [own.note(uuid4()) for _time in range(3)] == [True, True, False]


def test_what_the_database_refuses_is_written_later(ferry):
    own = Tally(seconds=0)
    own.note(ferry.uid)
    with patch.object(counting, "count_views", side_effect=DatabaseError("locked")):
        assert own.flush() == 0
    own.note(ferry.uid)
    assert own.flush() == 2


def test_counts_are_by_day_and_those_of_an_import_are_told_apart(ferry):
    other = cast.published(cast.an_exclusive(headline="Another"))
    actions.count_views(seen={ferry.uid: 3, uuid4(): 5}, now=NOW)
    actions.count_views(seen={ferry.uid: 1, other.uid: 2}, now=NOW + timedelta(days=1))
    actions.begin_with(piece=ferry.uid, views=1000)
    told = views_of([ferry.uid, other.uid])[ferry.uid]
    assert (told.counted, told.before, told.together) == (4, 1000, 1004)
    assert most_read("en", NOW, 10) == [(ferry.uid, 4), (other.uid, 2)]
    assert reads_since([ferry.uid, other.uid], NOW + timedelta(days=1)) == {ferry.uid: 1, other.uid: 2}


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        (999, "en", "999"),
        (1_240, "en", "1.2K"),
        (1_000, "en", "1K"),
        (12_400, "en", "12K"),
        (1_240, "tr", "1,2 B"),
        (1_240, "ru", "1,2 тыс."),
        (1_240, "az", "1,2K"),
        (2_300_000, "de", "2,3 Mio."),
        (12, "fa", "۱۲"),
        (12_400, "zh-hans", "1.2万"),
    ],
)
def test_a_count_is_shortened_by_the_rules_of_its_language(number, language, shown):
    assert shortened(number, language).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_readers_browsers_are_no_robots():
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
    assert not is_robot(BROWSER)
    assert not is_robot(safari)
    assert is_robot("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36")
