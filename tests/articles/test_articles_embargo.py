"""A source's embargo: nothing made from it goes out before its end, and the desk is offered that moment."""

from datetime import timedelta

import pytest
from cast import NOW, a_channel, a_translation, an_exclusive, an_identity, published
from django.utils import timezone

from dateline.articles import gate
from dateline.articles.forms import ArticleForm
from dateline.articles.models import Article
from dateline.intake.models import Entry, Particulars
from dateline.people.apps import lay_groups

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(db):
    an_identity()
    lay_groups()


def keep_back(original, *, until):
    """Let the publisher of an original say that nobody may print it before then."""
    entry = Entry.objects.create(
        channel=a_channel(original.outlet), guid="x", original=original, state=Entry.State.TAKEN, seen_at=NOW
    )
    return Particulars.objects.create(entry=entry, embargo_until=until)


def codes(article, *, at=NOW):
    return {lack.code for lack in gate.lacks(article, now=at)}


def test_nothing_made_from_a_piece_under_embargo_goes_out_before_its_end():
    article = a_translation()
    keep_back(article.original, until=NOW + 3 * HOUR)
    [lack] = gate.lacks(article, now=NOW)
    assert lack.code == "embargo"
    assert "under embargo until 14 March 2026, " in lack.message
    assert "schedule it" in lack.message
    assert codes(article, at=NOW + 3 * HOUR) == set()


def test_an_embargo_that_is_over_and_a_piece_of_our_own_go_out():
    article = a_translation()
    keep_back(article.original, until=NOW - HOUR)
    assert codes(article) == codes(an_exclusive()) == set()


def test_what_is_live_when_its_source_begins_to_keep_back_may_be_corrected():
    article = published(a_translation())
    keep_back(article.original, until=NOW + HOUR)
    assert codes(article) == set()


def test_the_form_offers_the_end_of_the_embargo_and_takes_no_earlier_time():
    article = a_translation()
    until = timezone.now().replace(microsecond=0, second=0) + 3 * HOUR
    keep_back(article.original, until=until)
    form_class = Article.get_edit_handler().get_form_class()
    assert issubclass(form_class, ArticleForm)
    assert form_class(instance=article).initial["go_live_at"] == until

    def told(at):
        given = {"go_live_at": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"), "body-count": "0"}
        return form_class(given, instance=article).errors.get("go_live_at", [])

    assert "under embargo until" in told(until - HOUR)[0]
    assert told(until + HOUR) == []
