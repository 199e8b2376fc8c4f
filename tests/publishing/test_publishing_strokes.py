"""What goes out is seen first where readers look first; what leaves goes from everywhere at once."""

import cast
from publishing.publishing_pieces import listed

from dateline.articles.models import Article
from dateline.publishing.actions import change_around
from dateline.publishing.leaf import file_of
from dateline.publishing.models import Shown


def placed_at(site, *addresses):
    return [(site.root / file_of(address)).stat().st_ctime_ns for address in addresses]


def test_a_piece_that_goes_out_stands_with_the_front_before_any_other_page_shows_it(site):
    section = cast.a_section("Harbour")
    piece = listed(cast.an_exclusive(section=section))
    changed = change_around(pieces=[piece.uid], now=cast.NOW)
    here, day = piece.get_absolute_url(), f"/en/{piece.address_date:%Y/%m/%d}/"
    first = placed_at(
        site, here, f"{here}record.json", f"{here}ninjs.json", f"{here}card.png", "/en/", "/lite/en/"
    )
    then = placed_at(site, f"/en/section/{section.slug}/", day, "/en/feed.xml", "/sitemap.xml")
    assert max(first) < min(then)
    assert changed.files > len(first) + len(then)


def test_a_piece_that_leaves_and_one_that_goes_out_with_it_change_at_one_stroke(site):
    gone, new = (
        listed(cast.an_exclusive(headline="Goes down")),
        listed(cast.an_exclusive(headline="Goes out")),
    )
    change_around(pieces=[gone.uid], now=cast.NOW)
    Article.objects.filter(pk=gone.pk).update(live=False)
    changed = change_around(pieces=[gone.uid, new.uid], now=cast.NOW)
    first, *others = sorted(
        placed_at(site, "/en/", f"/en/section/{new.section.slug}/", new.get_absolute_url())
    )
    assert (max(others) - first) / 1e9 <= changed.window_seconds + 0.001
    assert not Shown.objects.filter(piece=gone.uid).exclude(baked__kind="api").exists()
    assert "Goes down" not in (site.root / "en/index.html").read_text()
