"""The page of an edition, its archive and feed, the home page's order, and what happens when a piece is taken back."""

import json
import re
from datetime import time, timedelta

import cast
import pytest
from django.utils import timezone

from dateline.articles.actions import withdraw
from dateline.articles.models import Article
from dateline.editions import actions
from dateline.editions.models import Placement, Run
from dateline.lib.home import Home
from dateline.publishing.actions import ask_gate, bake, bake_around, bake_edition
from dateline.publishing.leaf import file_of
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.press import open_press
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def read(settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = "https://digest.example"
    cast.an_identity()
    return lambda path: (settings.HOME.site / file_of(path)).read_text()


def an_edition(now, *, language="en", day=None, pieces=None, **fields):
    run, _made = Run.objects.get_or_create(code="evening", defaults={"name": "Evening", "closes": time(18)})
    edition = actions.open_edition(run=run, language=language, day=day or now.date(), by=None, now=now)
    for name, value in fields.items():
        setattr(edition, name, value)
    edition.save()
    pieces = pieces or {
        "lead": "The harbour opens",
        "five": "Snow comes late",
        "opinion": "A ferry is a promise",
    }
    section = cast.a_section(language=language)
    for slot, headline in pieces.items():
        article = cast.an_exclusive(headline=headline, language=language, section=section)
        Placement.objects.create(edition=edition, slot=slot, article=cast.published(article, now=now))
        ask_gate(piece=article.uid, now=now)
    Job.objects.all().delete()  # what is new on the site makes all of it due
    return edition


def closed(edition, now):
    done = actions.close(edition=edition, by=cast.vera(), now=now)
    run_all_jobs(limit=1000)
    return done


def test_a_closed_edition_is_a_page_in_its_order_and_archive_and_feed_lead_to_it(read, now):
    first = closed(an_edition(now - timedelta(days=1), pieces={"lead": "Yesterday"}), now - timedelta(days=1))
    second = closed(an_edition(now, title="A day at sea", foreword="First.\n\nSecond."), now)
    page = read(second.path)
    places = [page.index(word) for word in ("No. 2", "First.", "harbour opens", "Snow comes", "A ferry is")]
    assert places[1:] == sorted(places[1:])
    [said] = re.findall(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(said)
    assert told["@type"] == ["CollectionPage", "PublicationIssue"]
    assert next(one["headline"] for one in told["hasPart"]) == "The harbour opens"
    assert BakedFile.objects.get(path=second.path).is_indexed
    day = f"/en/edition/{second.date:%Y/%m/%d}/"
    for path in ("/en/edition/", f"/en/edition/{second.date:%Y/%m}/", day):
        assert second.path in read(path)
    assert second.path in read(first.path)
    assert first.path in page
    feed = read("/en/edition/feed.xml")
    assert second.path in feed
    assert "Snow comes late" in feed


def test_an_open_edition_has_no_page_and_one_opened_again_loses_it(read, now):
    edition = an_edition(now)
    bake_edition(edition=edition.uid, now=now)
    assert not BakedFile.objects.filter(kind__in=["edition", "editions"]).exists()
    done = closed(edition, now)
    actions.reopen(edition=done, closes_at=now + timedelta(hours=2), by=cast.vera(), now=now)
    run_all_jobs(limit=1000)
    assert not BakedFile.objects.filter(path=done.path).exists()


def test_the_home_page_takes_the_order_of_the_days_edition_until_its_day_is_over_and_nothing_taken_back(
    read, now
):
    cast.published(cast.an_exclusive(headline="Newer than the edition"), now=now)
    edition = closed(an_edition(now), now)
    home = read("/en/")
    lead = home[home.index('class="front-lead') : home.index('class="front-opinion')]
    assert "The harbour opens" in lead
    assert "Five things today" in home
    assert edition.path in home
    article = Article.objects.get(headline="Snow comes late")
    withdraw(article=article, reason="It was not so", by=cast.vera(), now=now)
    run_all_jobs(limit=1000)
    places = (
        edition.path,
        "/en/edition/",
        f"/en/edition/{edition.date:%Y/%m}/",
        "/en/edition/feed.xml",
        "/en/",
    )
    assert [place for place in places if "Snow comes late" in read(place)] == []
    assert "The harbour opens" in read(edition.path)
    bake(open_press(now=now + timedelta(days=3)), Errand("home", "en"))
    assert "Five things today" not in read("/en/")


def test_what_goes_out_after_closing_enters_the_edition_that_has_a_place_for_it(read, now):
    edition = an_edition(now)
    waiting = cast.an_exclusive(headline="Waiting for its hour")
    Placement.objects.create(edition=edition, slot="five", position=1, article=waiting)
    done = closed(edition, now)
    assert "Waiting for its hour" not in read(done.path)
    cast.published(waiting, now=now)
    bake_around(piece=waiting.uid, now=now)
    assert "Waiting for its hour" in read(done.path)
