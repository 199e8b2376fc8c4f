"""Pages of outlets and of days."""

from datetime import date, timedelta

import cast
import pytest
from django.utils import translation
from publishing.publishing_pieces import listed

from dateline.publishing.actions import change_around
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.lists_more import archive_page, day_page, outlet_page
from dateline.publishing.queries.press import open_press


@pytest.fixture
def courrier(site):
    return cast.an_outlet("Courrier d’Ansel", language="fr", country="PT", owner="The Harbour Company")


def test_an_outlets_page_has_all_that_we_took_from_it_and_says_what_it_is(courrier):
    taken = listed(cast.a_translation(cast.an_original(courrier)))
    listed(cast.a_translation(cast.an_original(cast.an_outlet("Vestnik"))))
    listed(cast.an_exclusive())
    press = open_press(now=cast.NOW)
    with press.making("en"):
        page = outlet_page(press, courrier, "en", None)
    assert [card.href for card in page.cards] == [taken.get_absolute_url()]
    assert (page.name, page.owner, page.count) == (courrier.shown_name, "The Harbour Company", 1)
    assert page.country == "Portugal"
    assert page.ground


def test_an_outlet_from_which_nothing_stands_has_no_page(courrier):
    press = open_press(now=cast.NOW)
    with press.making("fr"):
        assert outlet_page(press, courrier, "fr", None) is None


def test_an_article_leads_to_the_page_of_its_outlet_and_both_go_with_it(courrier, site, read):
    piece = listed(cast.a_translation(cast.an_original(courrier)))
    change_around(pieces=[piece.uid], now=cast.NOW)
    path = f"/en/outlet/{courrier.slug}/"
    assert f'href="{path}"' in read(piece.get_absolute_url())
    assert piece.headline in read(path)
    assert piece.headline in read(f"/en/{piece.address_date:%Y/%m/%d}/")
    assert f"/en/{piece.address_date:%Y/%m/%d}/" in read("/en/archive/")
    type(piece).objects.filter(pk=piece.pk).update(live=False)
    change_around(pieces=[piece.uid], now=cast.NOW)
    assert not BakedFile.objects.filter(kind="outlet").exists()
    assert not BakedFile.objects.filter(kind="day", path__contains="/20").exists()


def test_a_day_leads_to_the_days_before_and_after_it(site):
    days = [cast.NOW.date() - timedelta(days=back) for back in (0, 3, 40)]
    for day in days:
        piece = listed(cast.an_exclusive())
        type(piece).objects.filter(pk=piece.pk).update(address_date=day)
    press = open_press(now=cast.NOW)
    with press.making("en"):
        page = day_page(press, "en", days[1])
        months = archive_page(press, "en").months
    assert (page.newer.href, page.older.href) == tuple(f"/en/{day:%Y/%m/%d}/" for day in (days[0], days[2]))
    assert sum(len(month.days) for month in months) == 3


def test_persian_months_are_those_of_its_readers(site):
    from dateline.publishing.queries.lists_more import _month_name

    with translation.override("fa"):
        assert _month_name(date(2026, 3, 20)) == "اسفند ۱۴۰۴"
        assert _month_name(date(2026, 3, 21)) == "فروردین ۱۴۰۵"
    with translation.override("en"):
        assert _month_name(date(2026, 3, 20)) == "March 2026"
