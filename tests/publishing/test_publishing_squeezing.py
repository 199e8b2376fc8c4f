"""The smallest forms come long after the page, beside it, and never stand in anybody's way."""

from datetime import timedelta

import brotli
import cast
import pytest
import zstandard

from dateline.publishing.actions.squeezing import squeeze
from dateline.publishing.models import BakedFile
from dateline.publishing.stores.shelf import Shelf, choose
from dateline.publishing.stores.staging import Stage
from dateline.publishing.tasks import LAST, squeeze_some
from dateline.work.models import Job

PAGE = b"<!doctype html><title>Ferry</title>" + b"".join(
    b"<p>The %d o'clock ferry sails.</p>" % n for n in range(900)
)
LATER = cast.NOW + timedelta(hours=1)


@pytest.fixture
def page(site):
    """Return the name of a page that was made an hour ago, and one of a picture beside it."""
    site.put("en/ferry/index.html", PAGE)
    site.put("en/ferry/card.png", b"\x89PNG")
    for number, name in enumerate(("en/ferry/index.html", "en/ferry/card.png")):
        BakedFile.objects.create(
            path=f"/{name}", file=name, kind="article", key=str(number), baked_at=cast.NOW
        )
    return "en/ferry/index.html"


def test_brotli_and_zstd_of_the_best_are_laid_beside_and_served(site, page):
    shelf = Shelf(site.root)
    first = shelf.find("/en/ferry/")
    assert choose("zstd", first.forms).headers == first.forms[""].headers
    assert squeeze(now=LATER) == (1, None)
    held = shelf.find("/en/ferry/")  # the same process, which had read it before
    assert set(held.forms) == {"", "br", "zstd", "gzip"}
    assert len(held.forms["br"].body) < len(first.forms["br"].body)
    assert brotli.decompress(held.forms["br"].body) == PAGE
    assert zstandard.ZstdDecompressor().decompress(held.forms["zstd"].body) == PAGE
    assert choose("gzip, br, zstd", held.forms) is held.forms["br"]
    assert choose("gzip, zstd", held.forms) is held.forms["zstd"]
    assert squeeze(now=LATER) == (0, None)  # nothing is done twice


@pytest.mark.parametrize("way", ["put", "stroke"])
def test_a_page_that_comes_since_has_no_form_of_the_old_one(site, page, way):
    squeeze(now=LATER)
    new = PAGE.replace(b"sails", b"sinks")
    if way == "put":
        site.put(page, new)
    else:
        stage = Stage(site.root, errands=[])
        stage.lay(page, new)
        stage.strike()
    assert not (site.root / f"{page}.zst").exists()
    held = Shelf(site.root).find("/en/ferry/")
    assert all(b"sinks" in body for body in (held.forms[""].body, brotli.decompress(held.forms["br"].body)))


def test_what_was_made_of_a_page_that_has_changed_meanwhile_is_thrown_away(site, page):
    held = site.unsqueezed(page)
    site.put(page, PAGE.replace(b"sails", b"sinks"))
    assert not site.press_down(page, {".br": b"old", ".zst": b"old"}, stamp=held)
    assert not (site.root / f"{page}.zst").exists()


def test_a_page_that_goes_takes_all_its_forms_with_it(site, page):
    squeeze(now=LATER)
    site.remove(page)
    assert [file.name for file in (site.root / "en/ferry").iterdir()] == ["card.png"]


def test_what_changed_just_now_waits_and_others_go_first(site, page, monkeypatch):
    assert squeeze(now=cast.NOW) == (0, None)
    made, at = squeeze(now=LATER, is_wanted_elsewhere=lambda: True)
    assert (made, at is not None) == (0, True)
    monkeypatch.setattr("dateline.publishing.tasks._others_wait", lambda: True)
    squeeze_some.call(before=None)
    assert Job.objects.get(task="publishing.squeeze_some").priority == LAST
