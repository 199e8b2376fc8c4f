"""A reading time that a piece brought along from another site holds, on its page and on its card."""

import cast

from dateline.publishing.queries.article_page import article_page
from dateline.publishing.queries.cards import card
from dateline.publishing.queries.press import open_press


def test_a_reading_time_that_was_brought_along_holds_and_else_it_is_measured(db):
    cast.an_identity()
    brought = cast.published(cast.an_exclusive(reading_minutes=7))
    measured = cast.published(cast.an_exclusive(headline="Measured"))
    press = open_press(now=cast.NOW)
    with press.making("en"):
        told = [
            (article_page(press, it).reading_minutes, card(press, it).reading_minutes)
            for it in (brought, measured)
        ]
    assert told == [(7, 7), (1, 1)]
