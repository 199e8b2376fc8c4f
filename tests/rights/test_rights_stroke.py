"""Everything that shows a piece changes at one stroke, and a stroke that broke off is finished."""

import json

import cast
from serving import naming, pages_of

from dateline.articles import actions as articles
from dateline.publishing import actions
from dateline.publishing.actions import change_around
from dateline.publishing.actions.placing import store
from dateline.publishing.models import BakedFile
from dateline.publishing.stores.staging import LIST, STROKES, Stage
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs


def a_shown_piece(clock):
    piece = cast.published(cast.an_exclusive(headline="Shown in many places"), now=clock())
    for _number in range(3):
        cast.published(cast.an_exclusive(section=piece.section), now=clock())
    actions.bake_everything(now=clock())
    return piece


def strokes(site):
    return list((site.root / "_" / STROKES).glob("*"))


def test_a_withdrawal_changes_its_page_its_neighbours_and_the_lists_at_one_stroke(site, clock):
    piece = a_shown_piece(clock)
    assert len(naming(site, "Shown in many places")) >= 6
    articles.withdraw(article=piece, reason="Wrong", by=None, now=clock())
    changed = change_around(pieces=[piece.uid], now=clock())
    assert changed.files >= 6
    assert changed.window_seconds < 0.5
    assert naming(site, "Shown in many places") == []
    assert strokes(site) == []


def test_nothing_is_touched_before_the_stroke(site):
    (site.root / "en").mkdir(exist_ok=True)
    page = site.root / "en" / "index.html"
    site.put("en/index.html", b"<p>old</p>")
    before = page.stat().st_mtime_ns
    stage = Stage(site.root, errands=[("home", "en")])
    stage.lay("en/index.html", b"<p>new</p>")
    stage.lay("en/gone/index.html", b"<p>gone</p>", status=410)
    stage.take("en/old/index.html")
    assert page.stat().st_mtime_ns == before
    stage.strike()
    assert page.read_bytes() == b"<p>new</p>"
    assert page.with_name("index.html.gz").stat().st_mtime_ns == page.stat().st_mtime_ns
    assert site.status_of("en/gone/index.html") == 410
    assert Stage.left_in(site.root) == [("home", "en")]
    Stage.settle(site.root)
    assert Stage.left_in(site.root) == []


def test_a_stroke_that_broke_off_is_made_again_from_the_database(site, clock):
    piece = a_shown_piece(clock)
    Job.objects.all().delete()
    articles.withdraw(article=piece, reason="Wrong", by=None, now=clock())
    concerned = [["article", str(piece.uid)], ["home", "en"]]
    folder = site.root / "_" / STROKES / "0123"
    folder.mkdir(parents=True)
    (folder / LIST).write_text(json.dumps(concerned))
    (folder / "0").write_bytes(b"an older page that was laid aside")
    actions.mend(now=clock())
    pages = pages_of(store())
    assert b"Shown in many places" not in pages["en/index.html"][1]
    assert BakedFile.objects.get(piece=piece.uid).status == 410
    assert not any(b"laid aside" in page for _status, page in pages.values())
    assert strokes(site) == []
    run_all_jobs()
    assert naming(site, "Shown in many places") == []


def test_what_comes_back_loses_its_marker(site):
    site.put("en/x/index.html", b"<p>gone</p>", status=410)
    stage = Stage(site.root, errands=[])
    stage.lay("en/x/index.html", b"<p>back</p>")
    stage.strike()
    assert site.status_of("en/x/index.html") == 200
