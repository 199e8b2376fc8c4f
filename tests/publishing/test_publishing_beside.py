import cast
from publishing.publishing_pieces import listed

from dateline.intake.models import Membership, Story
from dateline.publishing.nearness import Told, nearest
from dateline.publishing.queries.beside import GRID, READS_ON, also_like, elsewhere
from dateline.publishing.queries.press import open_press
from dateline.publishing.sharing import letter_about, ways_to_share

FERRY = Told(key=0, words="The night ferry sails again from Ansel", topics=frozenset({1}), section=1, story=7)


def told_in_one_story(*originals):
    story = Story.objects.create(title="The ferry", opened_at=cast.NOW, last_at=cast.NOW)
    for original in originals:
        Membership.objects.create(original=original, story=story, told_at=cast.NOW)
    return story


def test_what_speaks_of_the_same_goes_before_what_only_stands_in_the_same_section():
    others = [
        Told(key=1, words="Bread prices in the north", section=1),
        Told(key=2, words="A night ferry and its captain", section=2),
        Told(key=3, words="Snow on the passes", topics=frozenset({1}), section=3),
    ]
    assert nearest(FERRY, others, most=3) == [2, 3, 1] or nearest(FERRY, others, most=3) == [3, 2, 1]
    assert nearest(FERRY, others, most=2)[-1] != 1


def test_no_story_is_offered_twice_and_never_the_pieces_own():
    others = [
        Told(key=1, words="The night ferry sails again", story=7),
        Told(key=2, words="Ferry tickets cost more", story=8),
        Told(key=3, words="Ferry tickets are dearer", story=8),
        Told(key=4, words="Ferries in winter"),
    ]
    found = nearest(FERRY, others, most=4)
    assert 1 not in found
    assert len({2, 3} & set(found)) == 1
    assert 4 in found


def test_addresses_and_headlines_are_written_so_that_networks_read_them():
    ways = ways_to_share(address="https://digest.example/fa/ب/?a=1&b=2", headline="50 % & more")
    assert all("&b=2" not in way.href and " " not in way.href for way in ways)
    assert letter_about(address="https://x.example/", headline="A & B").startswith(
        "mailto:?subject=A%20%26%20B&body="
    )
    assert ways_to_share(address="", headline="A draft") == ()


def test_titles_below_the_body_and_the_grid_never_show_one_piece_twice(site):
    topic = cast.a_topic()
    piece = listed(cast.an_exclusive(headline="The ferry is back", topics=[topic]))
    for number in range(READS_ON + GRID + 2):
        listed(cast.an_exclusive(headline=f"Ferry diary {number}", topics=[topic]))
    press = open_press(now=cast.NOW)
    with press.making("en"):
        titles, grid = also_like(press, piece)
    hrefs = [card.href for card in (*titles, *grid)]
    assert (len(titles), len(grid)) == (READS_ON, GRID)
    assert len(set(hrefs)) == len(hrefs)
    assert piece.get_absolute_url() not in hrefs
    assert len(press.noted) == READS_ON + GRID


def test_a_story_is_told_by_others_too_ours_where_we_have_printed_theirs(site):
    mine, theirs, third = (cast.an_original(cast.an_outlet(name)) for name in ("Courier", "Vestnik", "Sahil"))
    told_in_one_story(mine, theirs, third)
    piece = listed(cast.a_translation(mine))
    printed = listed(cast.a_translation(theirs, headline="The ferry, says Norvik"))
    press = open_press(now=cast.NOW)
    with press.making("en"):
        first, second = elsewhere(press, piece)
    assert (first.headline, first.href, first.is_ours) == (
        "The ferry, says Norvik",
        printed.get_absolute_url(),
        True,
    )
    assert (second.headline, second.href, second.is_ours) == (third.headline, third.url, False)
    assert second.outlet == "Sahil"
    assert printed.uid in press.noted
