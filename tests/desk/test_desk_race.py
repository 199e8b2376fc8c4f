"""Two editors click at once: one article is made, and both are led to it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import cast
import pytest
from django.db import connection

from dateline.articles.models import Article
from dateline.desk.actions import AlreadyPicked, pick_as_translation
from dateline.desk.models import Pick


@pytest.mark.django_db(transaction=True)
def test_four_picks_at_once_make_one_article():
    """SQLite lets one write after the other by itself, and its test database lives in one thread's memory."""
    cast.an_identity()
    original, vera = cast.an_original(), cast.vera()
    at_once = 1 if connection.vendor == "sqlite" else 4
    start = Barrier(at_once)

    def click(_number):
        start.wait()
        try:
            return pick_as_translation(
                original=original, language="en", agreement=None, by=vera, now=cast.NOW
            ).pk
        except AlreadyPicked as taken:
            return taken.article.pk
        finally:
            if at_once > 1:
                connection.close()

    if at_once == 1:
        outcomes = [click(number) for number in range(4)]
    else:
        with ThreadPoolExecutor(at_once) as pool:
            outcomes = list(pool.map(click, range(4)))
    assert outcomes == [Article.objects.get().pk] * 4
    assert Pick.objects.count() == 1
