"""A picture whose own right ends is taken out of what stands; the text stays."""

from datetime import UTC, date, datetime

import cast
import pytest
from serving import answer, naming, shelf_of
from wagtail.images.models import Filter

from dateline.articles.models import Article
from dateline.people.models import AuditEntry
from dateline.rights.models import Ending, Withdrawal
from dateline.work.testing import run_all_jobs

MIDNIGHT = datetime(2026, 11, 11, 0, 0, tzinfo=UTC)


@pytest.fixture
def lent(site, settings, tmp_path):
    """Return a picture whose right ends on the 10th."""
    settings.MEDIA_ROOT = tmp_path / "media"
    permission = cast.a_picture_permission(holder="Ines Molde", ends_on=date(2026, 11, 10))
    return cast.a_picture("Lent for a week", permission=permission)


def with_picture(picture):
    body = [
        *cast.a_body(),
        ("picture", {"picture": picture, "alt": "Twice shown", "caption": ""}),
    ]
    return cast.an_exclusive(headline="Text and picture", hero=picture, hero_alt="A boat", body=body)


def files_of(picture):
    return [one.file.path for one in picture.renditions.all()]


def test_at_midnight_the_picture_goes_and_the_text_stays(site, clock, lent):
    piece = cast.published(with_picture(lent), now=clock())
    run_all_jobs()
    files = files_of(lent)
    assert files
    assert {(one.kind, one.at) for one in Ending.objects.filter(piece=piece.uid)} == {("picture", MIDNIGHT)}
    clock.go(MIDNIGHT)
    run_all_jobs()
    stands = Article.objects.get(pk=piece.pk)
    assert stands.live
    assert stands.hero is None
    assert [block.block_type for block in stands.body] == ["paragraph", "paragraph"]
    status, page = answer(shelf_of(site), piece.get_absolute_url())
    assert status == 200
    assert b"sails again on Monday" in page
    assert b"<img" not in page
    assert page.count(b"card.png") == 1  # what stands for it where it is linked is drawn by us
    assert naming(site, "lent-for-a-week") == []
    assert not Withdrawal.objects.exists()


def test_its_files_are_gone_and_its_revision_remembers(site, clock, lent, django_capture_on_commit_callbacks):
    piece = cast.published(with_picture(lent), now=clock())
    run_all_jobs()
    before = Article.objects.get(pk=piece.pk).latest_revision
    clock.go(MIDNIGHT)
    with django_capture_on_commit_callbacks(execute=True):
        run_all_jobs()
    assert files_of(lent) == []
    assert before.as_object().hero == lent
    assert AuditEntry.objects.get(verb="take-pictures-out").summary == "Lent for a week"


def test_a_draft_loses_it_too_and_keeps_its_words(site, clock, lent):
    piece = cast.published(with_picture(lent), now=clock())
    piece.headline = "A better headline"
    piece.save_revision()
    clock.go(MIDNIGHT)
    run_all_jobs()
    stands = Article.objects.get(pk=piece.pk)
    assert stands.headline == "Text and picture"
    draft = stands.get_latest_revision_as_object()
    assert (draft.headline, draft.hero) == ("A better headline", None)


def test_a_revoked_picture_goes_at_once(site, clock, lent):
    piece = cast.published(with_picture(lent), now=clock())
    run_all_jobs()
    lent.permission.is_revoked = True
    lent.permission.save()
    run_all_jobs()
    assert Article.objects.get(pk=piece.pk).hero is None


def test_a_renewed_picture_stays(site, clock, lent):
    piece = cast.published(with_picture(lent), now=clock())
    lent.permission.ends_on = None
    lent.permission.save()
    run_all_jobs()
    clock.go(MIDNIGHT)
    run_all_jobs()
    assert Article.objects.get(pk=piece.pk).hero == lent
    assert lent.get_rendition(Filter(spec="width-400|format-webp")).pk


def test_a_piece_that_is_nothing_but_the_picture_is_withdrawn(site, clock, lent):
    body = [("picture", {"picture": lent, "alt": "All there is", "caption": ""})]
    piece = cast.published(cast.an_exclusive(body=body), now=clock())
    clock.go(MIDNIGHT)
    run_all_jobs()
    assert answer(shelf_of(site), piece.get_absolute_url())[0] == 410
    assert Withdrawal.objects.get(piece=piece.uid).ground == "rights"
