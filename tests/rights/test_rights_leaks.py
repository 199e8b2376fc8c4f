"""Many permissions end: nothing of their pieces is left on any surface that has signed in, within a minute."""

import json
from datetime import UTC, date, datetime, timedelta
from time import process_time

import cast
import pytest
from serving import answer, pages_of, shelf_of
from soaking import budget

from dateline.agreements.actions import revoke_agreement
from dateline.articles.models import Article
from dateline.publishing.actions import bake_everything
from dateline.reader.machines.choice import engine
from dateline.reader.search.engine import Question
from dateline.rights import actions, surfaces
from dateline.rights.models import Withdrawal
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

MIDNIGHT = datetime(2026, 11, 11, 0, 0, tzinfo=UTC)
SECONDS = 60  # of a processor, so that other work on the machine says nothing; by the clock: benchmarks/rights/endings.py


def is_feed(name):
    return name.endswith(("feed.xml", ".rss", "atom.xml", "feed.json"))


# Which files of the site each surface answers for. A new surface has to be named here, with how it is read.
FILES = {
    "pages": lambda name: name.endswith((".html", "ninjs.json", ".md", ".activity")),
    "lists": lambda name: name.endswith(".html"),
    "editions": lambda name: "/edition/" in name and name.endswith(".html"),
    # Mail that has gone cannot be called back, and lies on no disk of ours (tests/editions/test_editions_letters.py).
    "letters": lambda _name: False,
    "feeds": is_feed,
    "api": lambda name: name.startswith("api/"),
    "fediverse": lambda name: name.startswith("fediverse/"),
    "sitemap": lambda name: "sitemap" in name,
    # No file: it is asked, below.
    "search": lambda _name: False,
    # Without one nothing stands there; tests/publishing/test_publishing_elsewhere.py reads one.
    "store elsewhere": lambda _name: False,
}


@pytest.fixture(autouse=True)
def _searched(settings):
    settings.DATELINE_SEARCH = "embedded"
    settings.DATELINE_FEDIVERSE = True


def pieces_under_agreements(many, *, clock):
    """Publish many translations: a half under agreements that end on the 10th, a half that will be revoked."""
    section, translator = cast.a_section(), cast.a_contributor("Tomas Arden")
    found = []
    for number in range(many):
        outlet = cast.an_outlet()
        cast.an_agreement(outlet, ends_on=date(2026, 11, 10) if number % 2 else None)
        draft = cast.a_translation(
            cast.an_original(outlet), headline=f"Lent{number:05}x", section=section, translators=(translator,)
        )
        found.append(cast.published(draft, now=clock()))
    return found


@pytest.mark.soak
def test_no_surface_shows_a_piece_whose_permission_ended(site, clock):
    many = budget(8, whole=200)  # two of each way to end, and four at midnight
    ours = cast.published(cast.an_exclusive(headline="Our own stays"), now=clock())
    pieces = pieces_under_agreements(many, clock=clock)
    Job.objects.filter(run_after__lte=clock()).delete()
    bake_everything(now=clock())
    assert sum(b"Lent" in page for _status, page in pages_of(site).values()) > many
    for number, piece in enumerate(pieces):
        if number % 4 == 0:
            actions.revoke(permission=piece.permission, reason="A letter", by=None, now=clock())
        elif number % 4 == 2:
            agreement = piece.permission.agreement
            revoke_agreement(agreement=agreement, reason="A letter", by=None, now=clock())
    began = process_time()
    run_all_jobs(limit=100_000)
    clock.go(MIDNIGHT)
    midnight = process_time()
    run_all_jobs(limit=100_000)
    ended = process_time()
    assert midnight - began < SECONDS
    assert ended - midnight < SECONDS
    assert Withdrawal.objects.filter(ground="rights", done_at__isnull=False).count() == many
    assert leaks(site, [piece.headline for piece in pieces]) == {}
    shelf = shelf_of(site)
    assert {answer(shelf, piece.get_absolute_url())[0] for piece in pieces} == {410}
    assert answer(shelf, ours.get_absolute_url())[0] == 200


def leaks(site, words):
    """Return where a reader still finds one of these words, by surface; and see that each surface was looked at."""
    assert set(surfaces.names()) == set(FILES), "say in FILES how the new surface is read"
    pages = pages_of(site)
    redirects = json.loads((site.root / "_" / "redirects.json").read_bytes())
    found = {}
    for surface in surfaces.names():
        shown = [
            (name, word)
            for name, (status, page) in pages.items()
            if status == 200 and FILES[surface](name)
            for word in words
            if word.encode() in page or word.lower() in page.decode(errors="replace")
        ]
        if shown:
            found[surface] = shown
    assert not any(word.lower() in f"{redirects}" for word in words)
    asked = [(word, engine().ask(Question(query=word, languages=("en",)))) for word in words]
    still = [word for word, answer in asked if any(word in hit.headline for hit in answer.hits)]
    found |= {"search": still} if still else {}
    return found


@pytest.mark.soak
def test_no_surface_shows_a_picture_whose_permission_ended(site, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    many = budget(6, whole=200)
    small = cast.a_photograph(width=60, height=40)
    section = cast.a_section()
    pictures, pieces = [], []
    for number in range(many):
        right = cast.a_picture_permission(holder="Ines", ends_on=date(2026, 11, 10) if number % 2 else None)
        picture = cast.a_picture(f"Lentpicture{number:05}x", data=small, permission=right)
        draft = cast.an_exclusive(headline=f"Text {number}", hero=picture, hero_alt="A boat", section=section)
        pictures.append(picture)
        pieces.append(cast.published(draft, now=clock()))
    Job.objects.filter(run_after__lte=clock()).delete()
    bake_everything(now=clock())
    assert any(b"lentpicture" in page for _status, page in pages_of(site).values())
    for picture in pictures[::2]:
        picture.permission.is_revoked = True
        picture.permission.save()
    run_all_jobs(limit=100_000)
    clock.go(MIDNIGHT + timedelta(seconds=1))
    run_all_jobs(limit=100_000)
    assert Article.objects.live().filter(hero__isnull=True).count() == many
    names = [picture.file.name.rpartition("/")[2].rpartition(".")[0] for picture in pictures]
    assert leaks(site, names) == {}
    assert sum(picture.renditions.count() for picture in pictures) == 0
    shelf = shelf_of(site)
    assert {answer(shelf, piece.get_absolute_url())[0] for piece in pieces} == {200}
