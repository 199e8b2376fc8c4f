"""What stands around some pieces is asked once for all of them, and leaves out nothing that each would name."""

from datetime import UTC, datetime, timedelta

import cast
import pytest

from dateline.articles.models import Article, Credit
from dateline.publishing.actions.baking import around
from dateline.publishing.queries.nouns import oldest_in
from dateline.publishing.queries.press import open_press
from dateline.work.testing import run_all_jobs

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def pieces(site):
    """Return pieces of two sections, of outlets and by contributors, of different hours."""
    found = []
    for _section in range(2):
        section = cast.a_section()
        found.append(cast.published(cast.an_exclusive(section=section), now=YESTERDAY))
        found.append(cast.published(cast.a_translation(section=section), now=NOW))
    run_all_jobs()
    return found


def test_all_that_each_of_them_enters_is_named(pieces):
    press = open_press(now=NOW)
    together = around(press, [piece.uid for piece in pieces])
    each = {errand for piece in pieces for errand in around(press, [piece.uid])}
    assert {errand.kind for errand in each} >= {"section", "outlet", "feed", "home", "day", "sitemap", "api"}
    assert each <= together.keys()


def test_a_dozen_pieces_are_asked_for_with_as_many_questions_as_two(site, django_assert_max_num_queries):
    section = cast.a_section()
    dozen = [cast.published(cast.an_exclusive(section=section), now=NOW) for _number in range(12)]
    Credit.objects.update(contributor=Credit.objects.first().contributor)  # all by one hand
    run_all_jobs()
    press = open_press(now=NOW)
    with django_assert_max_num_queries(200) as of_two:
        around(press, [piece.uid for piece in dozen[:2]])
    with django_assert_max_num_queries(len(of_two)):
        around(press, [piece.uid for piece in dozen])


def test_a_list_is_walked_from_the_oldest_of_its_pieces_and_one_without_an_hour_is_older_than_all():
    young, old, never = (Article(headline=name) for name in ("young", "old", "never"))
    young.first_published_at, old.first_published_at = NOW, YESTERDAY
    lists = {"young": ("a", "b", "c"), "old": ("a", "b"), "never": ("a",)}
    found = dict(oldest_in([young, old, never], lambda one: lists[one.headline]))
    assert {name: article.headline for name, article in found.items()} == {
        "a": "never",
        "b": "old",
        "c": "young",
    }
