import re

import cast
import pytest
from publishing.publishing_pieces import listed

from dateline.publishing import actions
from dateline.publishing.aligning import Piece, aligned
from dateline.publishing.models import BakedFile
from dateline.publishing.queries.press import open_press
from dateline.publishing.recipes.side_by_side import bake as bake_page


def paragraphs(*sizes):
    return [Piece("paragraph", size) for size in sizes]


def test_blocks_of_like_length_and_kind_belong_together():
    assert aligned(paragraphs(100, 300, 50), paragraphs(90, 320, 55)) == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), (2,)),
    ]


def test_a_paragraph_that_became_two_stands_beside_both():
    assert aligned(paragraphs(400, 100), paragraphs(210, 190, 100)) == [((0,), (0, 1)), ((1,), (2,))]


def test_headings_stay_with_headings_though_a_paragraph_is_missing():
    theirs = [Piece("paragraph", 300), Piece("heading", 20), Piece("paragraph", 200)]
    ours = [Piece("paragraph", 310), Piece("paragraph", 260), Piece("heading", 22), Piece("paragraph", 190)]
    assert ((1,), (2,)) in aligned(theirs, ours)


@pytest.mark.parametrize(("theirs", "ours"), [((), ()), ((10,), ()), ((), (10, 20)), ((5,) * 9, (7,) * 4)])
def test_every_block_stands_once_and_in_order(theirs, ours):
    steps = aligned(paragraphs(*theirs), paragraphs(*ours))
    assert [at for step in steps for at in step[0]] == list(range(len(theirs)))
    assert [at for step in steps for at in step[1]] == list(range(len(ours)))


def both(article):
    press = open_press(now=cast.NOW)
    return list(bake_page(press, str(article.uid)))


def a_translation(*, may_show):
    outlet = cast.an_outlet("Courrier", language="fr")
    agreement = cast.an_agreement(outlet, may_show_original=may_show)
    original = cast.an_original(
        outlet, language="fr", body_html="<p>Un bac & un quai.</p><h2>La baie</h2><p>Fin.</p>"
    )
    permission = cast.a_permission(original, agreement=agreement)
    body = cast.a_body("A ferry and a quay.", "The end.")
    return listed(cast.a_translation(original, permission=permission, body=body))


def test_both_texts_stand_beside_each_other_in_their_languages(site):
    leaf, lite = both(a_translation(may_show=True))
    assert lite.path == f"/lite{leaf.path}"
    page = re.sub(r">\s+<", "><", leaf.content.decode())
    assert leaf.path.endswith("/side-by-side/")
    assert '<div class="theirs" lang="fr" dir="ltr"><p>Un bac &amp; un quai.</p></div>' in page
    assert page.index("Un bac") < page.index("A ferry and a quay.") < page.index("The end.")
    assert '<meta name="robots" content="noindex">' in page
    assert not leaf.is_indexed


def test_an_original_that_may_not_be_shown_has_no_such_page(site):
    assert both(a_translation(may_show=False)) == []


def test_the_page_goes_with_its_piece_and_the_article_leads_to_it(site, read):
    piece = a_translation(may_show=True)
    actions.change_around(pieces=[piece.uid], now=cast.NOW)
    path = f"{piece.get_absolute_url()}side-by-side/"
    assert f'href="{path}"' in read(piece.get_absolute_url())
    assert BakedFile.objects.filter(path=path).exists()
    type(piece).objects.filter(pk=piece.pk).update(live=False)
    actions.change_around(pieces=[piece.uid], now=cast.NOW)
    assert not BakedFile.objects.filter(path=path).exists()
