"""What keeps readers from seeing the newest is said on the desk in plain words, and is made good by itself."""

import errno
import os

import cast
import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from dateline.articles.models import Article
from dateline.desk.views.full_disk import FullDisk, is_full
from dateline.lib.home import Home
from dateline.publishing.actions import bake_everything, store
from dateline.publishing.models import Copy, Due, PurgeWish
from dateline.publishing.queries import trouble
from dateline.publishing.queries.trouble import press_troubles, trouble_of
from dateline.publishing.stores.disk import NoRoom
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

OVERVIEW = "newsroom:overview"


@pytest.fixture
def site(newsroom, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    cast.published(cast.an_exclusive(headline="The old one"), now=timezone.now())
    bake_everything(now=timezone.now())
    Job.objects.filter(state=Job.State.READY).delete()
    return store()


@pytest.fixture
def disk(monkeypatch, site):
    """A disk that is full while `disk.is_full`: no file of the site can be made."""

    class Disk:
        is_full = False

    opened = os.open

    def open_unless_full(path, flags, *more, **named):
        if Disk.is_full and flags & os.O_CREAT and str(path).startswith(str(site.root)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", open_unless_full)
    return Disk


def pages(site):
    return {
        name: (site.root / name).read_bytes() for name in site.names(before=timezone.now().timestamp() + 60)
    }


def test_on_a_full_disk_readers_keep_the_old_pages_the_desk_says_so_and_all_is_made_good(site, disk, at_desk):
    before = pages(site)
    disk.is_full = True
    new = cast.published(cast.an_exclusive(headline="The new one"), now=timezone.now())
    with pytest.raises(NoRoom, match="Readers keep the old ones"):
        run_all_jobs()
    assert pages(site) == before
    assert not list((site.root / "_" / "strokes").rglob("*.html"))
    client = at_desk()
    for address in (reverse("wagtailadmin_home"), reverse(OVERVIEW)):
        page = client.get(address).content.decode()
        assert "What shows 1 piece could not be made; readers see it as it was." in page
        assert "There is no room left on the disk" in page
    edit = reverse("wagtailsnippets_articles_article:edit", args=[new.pk])
    assert "Readers see this piece as it was before" in client.get(edit).content.decode()
    disk.is_full = False
    Job.objects.filter(state=Job.State.DEAD).update(state=Job.State.READY, attempt=0)
    run_all_jobs()
    assert any(b"The new one" in page for page in pages(site).values())
    assert b"The new one" in (site.root / "en" / "index.html").read_bytes()
    assert press_troubles(now=timezone.now()) == []
    assert "as it was before" not in client.get(edit).content.decode()


def test_each_trouble_of_the_press_is_told_and_none_where_there_is_none(site, at_desk, monkeypatch):
    now, piece = timezone.now(), Article.objects.get()
    assert press_troubles(now=now) == []
    assert trouble_of(piece.uid) == []
    monkeypatch.setenv("DATELINE_STORE", "file:///nowhere")
    monkeypatch.setenv("DATELINE_PURGE", "http://127.0.0.1:1")
    Due.objects.create(kind="article", key=str(piece.uid), turn=piece.uid, trouble="KeyError: 'x'")
    Copy.objects.create(name="en/index.html", turn=piece.uid, asked_at=now, trouble="s3://paper is busy")
    PurgeWish.objects.create(path="/en/", asked_at=now, tries=3, trouble="Varnish was not reached")
    monkeypatch.setattr(trouble, "LITTLE_ROOM", 10**18)
    told = [f"{one.words} {one.why}" for one in press_troubles(now=now)]
    for words, said in zip(
        (
            "The disk is full, or nearly",
            "1 page could not be made again",
            "1 file as it was",
            "1 address changed",
        ),
        told,
        strict=True,
    ):
        assert words in said
    assert "KeyError" in told[1]
    assert "busy" in told[2]
    assert "Varnish" in told[3]
    assert [one.why for one in trouble_of(piece.uid)] == ["KeyError: 'x'"]
    assert "Varnish was not reached" in at_desk().get(reverse(OVERVIEW)).content.decode()


def test_where_nothing_can_be_written_the_desk_says_so_and_keeps_silent_otherwise():
    full = OperationalError("database or disk is full")
    wrapped = RuntimeError("It failed.")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert all(is_full(error) for error in (full, wrapped))
    assert not is_full(OperationalError("no such table"))
    guard = FullDisk(lambda _request: None)
    answer = guard.process_exception(None, full)
    assert (answer.status_code, b"There is no room left on the disk" in answer.content) == (507, True)
    assert guard.process_exception(None, ValueError("x")) is None
