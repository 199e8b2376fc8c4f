"""The front page: what stands on it once, and what fills it where a language has few pieces."""

from datetime import timedelta

import cast
from publishing.publishing_pieces import listed

from dateline.articles.models import Article
from dateline.publishing.queries.fronts import home_page
from dateline.publishing.queries.press import open_press


def home():
    press = open_press(now=cast.NOW)
    with press.making("en") as _page:
        return home_page(press, "en")


def hrefs(cards):
    return [card.href for card in cards]


def test_what_leads_the_front_page_stands_in_no_block_below_and_no_piece_in_two(site):
    news, culture = cast.a_section("News"), cast.a_section("Culture")
    for number in range(12):
        piece = listed(cast.an_exclusive(headline=f"Piece {number}", section=news))
        Article.other_sections.through.objects.create(article=piece, section=culture)
    page = home()
    led = hrefs([page.lead, *page.also])
    shown = [href for block in page.blocks for href in hrefs(block.cards)]
    assert len(shown) == len(set(shown)) == 7
    assert not set(shown) & set(led)


def test_a_section_whose_pieces_all_stand_above_has_no_block_and_what_is_new_names_them_all(site):
    listed(cast.an_exclusive(headline="Alone", section=cast.a_section("News")))
    page = home()
    assert page.lead.headline == "Alone"
    assert page.blocks == ()
    assert [card.headline for card in page.new_articles] == ["Alone"]


def test_an_event_of_these_days_shows_what_does_not_lead_the_page(site):
    today = cast.NOW.date()
    topic = cast.a_topic("Summit", starts_on=today - timedelta(days=1))
    for number in range(7):
        listed(cast.an_exclusive(headline=f"Day {number}", topics=(topic,)))
    page = home()
    assert page.hub.name == "Summit"
    assert len(page.hub_cards) == 2
    assert not set(hrefs(page.hub_cards)) & set(hrefs([page.lead, *page.also]))
